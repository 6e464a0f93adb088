package answer

import "fmt"

func Example() {
	answers := make(chan int)
	fmt.Println(<-answers)
	// Output: 42
}
