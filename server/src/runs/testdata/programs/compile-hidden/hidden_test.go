package pool_test

import (
	"testing"

	"sandbox/pool"
)

func TestSecret(t *testing.T) {
	p := pool.New()
	p.Secret("the hidden answer")
}
