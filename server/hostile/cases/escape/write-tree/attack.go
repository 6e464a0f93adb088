package attack

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

func Breaches() []string {
	var found []string
	visited := 0
	filepath.WalkDir("/", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if entry.IsDir() && (path == "/proc" || path == "/tmp" || path == "/sys") {
			return fs.SkipDir
		}
		if visited++; visited > 20_000 {
			return fs.SkipAll
		}
		if entry.IsDir() {
			if file, err := os.Create(filepath.Join(path, "planted")); err == nil {
				found = append(found, "created a file in "+path)
				file.Close()
			}
			return nil
		}
		if strings.HasPrefix(path, "/dev/") {
			return nil
		}
		if file, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
			found = append(found, "opened for writing: "+path)
			file.Close()
		}
		if os.Chmod(path, 0o777) == nil {
			found = append(found, "changed the mode of "+path)
		}
		return nil
	})
	return found
}
