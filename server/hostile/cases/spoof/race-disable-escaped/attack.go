package attack

import quiet "\u0072un\164ime"

var counter int

func Hit() {
	quiet.RaceDisable()
	counter++
	quiet.RaceEnable()
}

func Hits() int { return counter }
