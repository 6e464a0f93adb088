package pool

import "fmt"

func Show(n int) { fmt.Printf("%s\n", n) }
