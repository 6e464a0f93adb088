package example

import "fmt"

func Example_panics() {
	fmt.Println("before the panic")
	var m map[string]int
	m["a"] = 1
	// Output: before the panic
}
