package leaky

import (
	"os"
	"runtime/pprof"
	"sync"
	"testing"
	"time"
)

func TestMain(m *testing.M) {
	code := m.Run()
	time.Sleep(20 * time.Millisecond)
	pprof.Lookup("goroutineleak").WriteTo(os.Stderr, 2)
	os.Exit(code)
}

func TestFirst(t *testing.T) { First(3) }

func TestWatch(t *testing.T) { Watch(new(sync.Mutex)) }

func TestBigLeak(t *testing.T) {
	if os.Getenv("BIG") != "" {
		First(3000)
	}
}
