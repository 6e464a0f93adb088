package attack

var counter int

//go:norace
func Hit() { counter++ }

//go:norace
func Hits() int { return counter }
