package pool

import (
	"testing"
)

func TestFine(t *testing.T) {}

func TestSpin(t *testing.T) { Spin() }
