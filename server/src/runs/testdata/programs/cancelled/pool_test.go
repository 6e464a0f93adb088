package pool

import (
	"testing"
)

func TestSleep(t *testing.T) { Sleep() }
