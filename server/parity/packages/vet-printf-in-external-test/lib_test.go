package lib_test

import (
	"testing"

	lib "example.com/vet-printf-in-external-test"
)

func TestLogf(t *testing.T) { lib.Logf("%d\n", "text") }
