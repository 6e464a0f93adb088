package pool

func Spin() {
	n := 0
	for {
		n++
	}
}
