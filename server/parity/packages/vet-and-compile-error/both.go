package both

import "fmt"

func F() string { return fmt.Sprintf("%d", "x") }

func G() int { return "one" }
