package attack

import quiet "runtime"

var counter int

var off, on = quiet.RaceDisable, (quiet.RaceEnable)

func Hit() {
	off()
	counter++
	on()
}

func Hits() int { return counter }
