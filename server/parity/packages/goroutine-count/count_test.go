package count

import (
	"runtime"
	"testing"
)

func TestFirst(t *testing.T) { t.Log("goroutines:", runtime.NumGoroutine()) }

func TestSecond(t *testing.T) { t.Log("goroutines:", runtime.NumGoroutine()) }
