package attack

var space [16 << 30]byte

func Run() {
	for i := 0; i < len(space); i += 4096 {
		space[i] = byte(i) + 1
	}
}
