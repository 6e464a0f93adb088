package contract

import "testing"

var kept [][]byte

func TestMemory(t *testing.T) {
	for range 4096 {
		block := make([]byte, 1<<20)
		for at := 0; at < len(block); at += 4096 {
			block[at] = 1
		}
		kept = append(kept, block)
	}
}
