package attack

import (
	"fmt"
	"os"
	"path/filepath"
)

const allowed = 4096

func Breaches() []string {
	dir, err := os.MkdirTemp("", "inodes")
	if err != nil {
		return nil
	}
	made := 0
	for ; made < 100_000; made++ {
		if os.Mkdir(filepath.Join(dir, fmt.Sprint(made)), 0) != nil {
			break
		}
	}
	if made > allowed {
		return []string{fmt.Sprintf("made %d folders", made)}
	}
	return nil
}
