package lib_test

import (
	"testing"

	lib "example.com/build-errors-in-both"
)

func TestF(t *testing.T) { var s string = lib.F() }
