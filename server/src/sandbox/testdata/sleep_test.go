package contract

import (
	"fmt"
	"testing"
	"time"
)

// A timer can always fire, so this is no deadlock that could be proved: only the clock ends it.
func TestSleep(t *testing.T) {
	fmt.Println("sleeping")
	time.Sleep(time.Hour)
}
