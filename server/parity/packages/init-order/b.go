package order

import "fmt"

var b = say("b")

func init() { fmt.Println("first init of b.go") }
func init() { fmt.Println("second init of b.go") }
