package line

func F() int {
//line generated.y:100
	return "one"
}
