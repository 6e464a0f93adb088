package contract

import (
	"os"
	"strings"
	"testing"
)

func TestFlood(t *testing.T) {
	line := strings.Repeat("x", 1023) + "\n"
	for {
		if _, err := os.Stdout.WriteString(line); err != nil {
			return
		}
	}
}
