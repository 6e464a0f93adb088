package attack

import "runtime/debug"

var kept [][]byte

func Run() {
	debug.SetGCPercent(-1)
	debug.SetMemoryLimit(1 << 50)
	for {
		block := make([]byte, 4<<20)
		for i := 0; i < len(block); i += 4096 {
			block[i] = 1
		}
		kept = append(kept, block)
	}
}
