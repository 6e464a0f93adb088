package attack

import "os"

// Run writes a trace of well-formed batches that never come to an end: a reader has to keep them all before it can tell.
func Run() {
	const path = "/tmp/insight/trace"
	if err := os.Remove(path); err != nil {
		panic(err)
	}
	file, err := os.Create(path)
	if err != nil {
		panic(err)
	}
	defer file.Close()
	file.WriteString("go 1.26 trace\x00\x00\x00")
	// A batch: its kind, generation, thread, time, and the size of what follows, 60,000.
	batch := append([]byte{1, 1, 1, 1, 0xe0, 0xd4, 0x03}, make([]byte, 60_000)...)
	for range 800 {
		if _, err := file.Write(batch); err != nil {
			panic(err)
		}
	}
}
