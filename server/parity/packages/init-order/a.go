package order

import "fmt"

var a = say("a needs c", c)

func init() { fmt.Println("init of a.go") }

func say(text string, _ ...int) int {
	fmt.Println("var", text)
	return 1
}
