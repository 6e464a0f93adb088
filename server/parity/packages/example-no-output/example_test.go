package example

import (
	"fmt"
	"testing"
)

// Compiled, never run.
func Example_notRun() {
	fmt.Println("must not appear")
	panic("must not run")
}

// An empty output comment is an expectation.
func Example_empty() {
	// Output:
}

func TestBeside(t *testing.T) {}
