package count

import (
	"runtime"
	"testing"
)

// count waits until the goroutine of the test before is gone; what is left is main and this test.
func count() int {
	for runtime.NumGoroutine() > 2 {
		runtime.Gosched()
	}
	return runtime.NumGoroutine()
}

func TestFirst(t *testing.T) { t.Log("goroutines:", count()) }

func TestSecond(t *testing.T) { t.Log("goroutines:", count()) }
