package lib

import "fmt"

func F() string { return fmt.Sprintf("%d", "x") }
