package attack

var space [1 << 60]byte

func Run() {
	for i := range space {
		space[i] = 1
	}
}
