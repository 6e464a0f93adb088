package attack

import . "runtime"

var counter int

func Hit() {
	RaceDisable()
	counter++
	RaceEnable()
}

func Hits() int {
	_ = GOOS
	return counter
}
