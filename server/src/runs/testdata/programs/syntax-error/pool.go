package pool

func F() {
	x := )
}
