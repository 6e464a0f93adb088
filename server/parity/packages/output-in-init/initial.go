package initial

import "fmt"

func init() { fmt.Println("printed before any test") }
