package example

import "fmt"

func Example_map() {
	for key := range map[string]int{"a": 1, "b": 2, "c": 3} {
		fmt.Println(key)
	}
	// Unordered output:
	// c
	// a
	// b
}

func Example_missing() {
	fmt.Println("a")
	// Unordered output:
	// a
	// b
}
