package pool

import (
	"testing"
)

func TestEat(t *testing.T) { Eat() }
