package busy

import (
	"testing"
	"time"
)

// The goroutine sleeps beyond the end of the tests: alive, but not leaked.
func TestBackground(t *testing.T) {
	go time.Sleep(time.Hour)
}
