package testmain

import "testing"

// A test of this name with *testing.T is an ordinary test.
func TestMain(t *testing.T) { t.Log("an ordinary test") }

func TestOther(t *testing.T) {}
