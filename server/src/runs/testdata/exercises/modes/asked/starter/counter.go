package counter

var hits int

// Hit counts one.
func Hit() {
	hits++
}
