package tests

import "testing"

type T struct{}

func ExampleMissing() {
	// Output:
}

func ExampleT_Nothing() {
	// Output:
}

func Testlower(t *testing.T) {}
