package builtin

import (
	"fmt"
	"testing"
)

func TestBuiltin(t *testing.T) {
	fmt.Println("stdout first")
	println("builtin println writes to descriptor 2", 42)
	fmt.Println("stdout again")
}
