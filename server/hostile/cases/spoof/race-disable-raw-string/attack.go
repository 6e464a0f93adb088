package attack

import `runtime`

var counter int

func Hit() {
	runtime.RaceDisable()
	counter++
	runtime.RaceEnable()
}

func Hits() int { return counter }
