package testmain

import (
	"fmt"
	"testing"
)

// Since Go 1.15 the generated main exits with what m.Run returned.
func TestMain(m *testing.M) {
	defer fmt.Println("teardown in a defer")
	m.Run()
}

func TestFails(t *testing.T) { t.Error("and the exit code says so") }
