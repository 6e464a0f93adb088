package example

import (
	"fmt"
	"testing"
)

func Greeting() string { return "hallo" }

func ExampleGreeting() {
	fmt.Println(Greeting())
	fmt.Println("second line")
	// Output:
	// hello
	// second line
}

func TestBeside(t *testing.T) { t.Log("runs before the examples") }
