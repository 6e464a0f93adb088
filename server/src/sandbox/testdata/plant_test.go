package contract

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// Leaves whatever an ordinary run can leave: files anywhere it may write, a changed environment, a read-only folder.
func TestPlant(t *testing.T) {
	os.Setenv("PLANTED", "yes")
	for _, folder := range []string{"/tmp", os.TempDir(), ".", "/tmp/locked"} {
		os.MkdirAll(folder, 0o700)
		os.WriteFile(filepath.Join(folder, "planted"), []byte("planted"), 0o600)
	}
	os.Symlink("/etc/passwd", "/tmp/planted-link")
	os.Chmod("/tmp/locked", 0)
	fmt.Println("planted")
}
