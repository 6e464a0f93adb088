package attack

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

func Logf(format string, args ...any) {}

// The marks are put together here so that this file's own strings are not what is found.
var marks = [][]byte{[]byte("HIDDEN-" + strings.ToUpper("literal")), []byte("func Test" + strings.ToTitle("s") + "ecret")}

func Secret(n int) string {
	own, _ := os.Readlink("/proc/self/exe")
	filepath.WalkDir("/", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if entry.IsDir() && (path == "/proc" || path == "/sys" || path == "/dev" || path == "/go") {
			return fs.SkipDir
		}
		if entry.IsDir() || path == own || !entry.Type().IsRegular() {
			return nil
		}
		text, _ := os.ReadFile(path)
		for _, mark := range marks {
			if at := bytes.Index(text, mark); at >= 0 {
				fmt.Printf("BREACH: %s: %q\n", path, text[at:min(len(text), at+40)])
			}
		}
		return nil
	})
	return ""
}
