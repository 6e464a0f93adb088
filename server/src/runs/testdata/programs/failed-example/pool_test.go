package pool

import (
	"fmt"
	"testing"
)

func TestFine(t *testing.T) {}

func ExampleNew() {
	fmt.Println(New() != nil)
	// Output: false
}
