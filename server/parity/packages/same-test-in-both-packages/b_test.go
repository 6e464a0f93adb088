package lib_test

import "testing"

func TestSame(t *testing.T) { t.Error("external") }
