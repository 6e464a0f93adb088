package unused

import (
	"fmt"
	"os"
)

func F() {
	x := 1
	var y string
	fmt.Println()
label:
}
