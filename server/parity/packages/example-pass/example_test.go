package example_test

import "fmt"

func Example() {
	fmt.Println("whole package")
	// Output: whole package
}

func Example_second() {
	fmt.Println("one")
	fmt.Println("two")
	// Output:
	// one
	// two
}
