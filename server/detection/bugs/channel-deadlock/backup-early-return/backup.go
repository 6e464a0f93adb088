package backup

import (
	"fmt"
	"sync"
)

// File is one entry of the tree to back up.
type File struct {
	Name string
	Size int64
}

// Run uploads all files that are not empty and returns the first error.
func Run(files []File, upload func(File) error) error {
	queue := make(chan File)
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Go(func() {
		defer close(queue)
		for _, f := range files {
			if f.Size > 0 {
				queue <- f
			}
		}
	})
	for f := range queue {
		if err := upload(f); err != nil {
			return fmt.Errorf("backup %s: %w", f.Name, err)
		}
	}
	return nil
}
