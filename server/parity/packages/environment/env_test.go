package env

import (
	"os"
	"path/filepath"
	"testing"
)

func TestSetenv(t *testing.T) {
	t.Run("set", func(t *testing.T) {
		t.Setenv("PARITY_COLOUR", "blue")
		t.Log(os.Getenv("PARITY_COLOUR"))
	})
	if _, set := os.LookupEnv("PARITY_COLOUR"); set {
		t.Error("Setenv outlived its test")
	}
}

func TestTempDir(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "note")
	if err := os.WriteFile(file, []byte("hello"), 0o600); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(file)
	t.Log(string(text), err, filepath.Base(dir))
	t.Cleanup(func() {
		if _, err := os.Stat(dir); err != nil {
			t.Error("removed too early")
		}
	})
}

func TestChdir(t *testing.T) {
	t.Chdir(t.TempDir())
	entries, err := os.ReadDir(".")
	t.Log(len(entries), err)
}
