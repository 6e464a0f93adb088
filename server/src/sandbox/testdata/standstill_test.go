package probe

import (
	"fmt"
	"os"
	"testing"
)

// A file and a goroutine of a program that stands still must not be there for the next one.
func TestStandstill(t *testing.T) {
	if err := os.WriteFile("left", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	fmt.Println("standing still")
	select {}
}
