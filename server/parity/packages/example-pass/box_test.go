package example

import "fmt"

func ExampleBox() {
	fmt.Println(Box{N: 2})
	// Output: {2}
}

func ExampleBox_Double() {
	fmt.Println(Box{N: 2}.Double())
	// Output: 4
}
