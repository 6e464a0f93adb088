package lib_test

import (
	"fmt"
	"testing"

	"example.com/internal-and-external"
)

func TestExternal(t *testing.T) { t.Log(lib.Double(2)) }

func ExampleDouble() {
	fmt.Println(lib.Double(3))
	// Output: 6
}
