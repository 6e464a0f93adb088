package example

import "fmt"

func Example_b() {
	fmt.Println("written first, runs first")
	// Output: written first, runs first
}

func Example_a() {
	fmt.Println("by its name it would be the first")
	// Output: by its name it would be the first
}
