// No goroutine and no timer can wake these tests: the kernel does.
package woken

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
	"testing"
	"unsafe"
)

var (
	mu      sync.Mutex
	signals = make(chan os.Signal, 1)
)

func TestSystemCall(t *testing.T) {
	mu.Lock()
	go func() {
		pause := syscall.NsecToTimespec(1_200_000_000)
		syscall.Nanosleep(&pause, nil)
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
}

// A file that the kernel makes readable: as a network read waits.
func TestPolledRead(t *testing.T) {
	const monotonic = 1
	fd, _, errno := syscall.Syscall(syscall.SYS_TIMERFD_CREATE, monotonic, syscall.O_NONBLOCK, 0)
	if errno != 0 {
		t.Fatal(errno)
	}
	once := [2]syscall.Timespec{{}, syscall.NsecToTimespec(1_200_000_000)}
	if _, _, errno := syscall.Syscall6(syscall.SYS_TIMERFD_SETTIME, fd, 0, uintptr(unsafe.Pointer(&once)), 0, 0, 0); errno != 0 {
		t.Fatal(errno)
	}
	file := os.NewFile(fd, "timer")
	defer file.Close()
	var expired [8]byte
	if _, err := file.Read(expired[:]); err != nil {
		t.Fatal(err)
	}
}

func TestSignal(t *testing.T) {
	signal.Notify(signals, syscall.SIGALRM)
	once := [4]int64{0, 0, 1, 200_000}
	if _, _, errno := syscall.Syscall(syscall.SYS_SETITIMER, 0, uintptr(unsafe.Pointer(&once)), 0); errno != 0 {
		t.Fatal(errno)
	}
	<-signals
}
