package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
)

// sweep empties the sandbox: no process, no file but in the given folders. What it cannot remove it tells.
func sweep(children *children, keep ...string) []string {
	var left []string
	if !children.killAll() {
		left = append(left, "processes are left that cannot be killed")
	}
	if err := removeAllBut(keep...); err != nil {
		left = append(left, fmt.Sprintf("files are left: %v", err))
	}
	return left
}

// removeAllBut empties the work space but for the given folders.
func removeAllBut(keep ...string) error {
	entries, err := os.ReadDir(workSpace)
	if err != nil {
		return err
	}
	for _, entry := range entries {
		name := filepath.Join(workSpace, entry.Name())
		if slices.Contains(keep, name) {
			continue
		}
		if err := removeTree(name); err != nil {
			return err
		}
	}
	return nil
}

// removeTree removes a tree even where its folders have been made unwritable.
func removeTree(name string) error {
	if os.RemoveAll(name) == nil {
		return nil
	}
	_ = filepath.WalkDir(name, func(path string, entry os.DirEntry, err error) error {
		if entry != nil && entry.IsDir() {
			_ = os.Chmod(path, 0o700)
		}
		return nil
	})
	return os.RemoveAll(name)
}
