// +build !race

package attack

var counter int

func Hit() { counter++ }

func Hits() int { return counter }
