package order

import "fmt"

var c = say("c")

func init() { fmt.Println("init of c.go") }
