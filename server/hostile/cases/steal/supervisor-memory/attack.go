package attack

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"syscall"
	"unsafe"
)

func Logf(format string, args ...any) {}

var mark = []byte("HIDDEN-" + strings.ToUpper("comment"))

func Secret(n int) string {
	for pid := 1; pid < 64; pid++ {
		if ours(pid) {
			continue
		}
		maps, _ := os.ReadFile(fmt.Sprintf("/proc/%d/maps", pid))
		memory, err := os.Open(fmt.Sprintf("/proc/%d/mem", pid))
		if err != nil {
			vmRead(pid)
			continue
		}
		fmt.Printf("BREACH: /proc/%d/mem is open\n", pid)
		for line := range strings.Lines(string(maps)) {
			var from, to int64
			fmt.Sscanf(line, "%x-%x", &from, &to)
			text := make([]byte, min(to-from, 16<<20))
			memory.ReadAt(text, from)
			if at := bytes.Index(text, mark); at >= 0 {
				fmt.Printf("BREACH: %q\n", text[at:min(len(text), at+40)])
			}
		}
	}
	return ""
}

// vmRead asks for the places where a static Go program's heap begins.
func vmRead(pid int) {
	text := make([]byte, 4<<20)
	local := syscall.Iovec{Base: &text[0], Len: uint64(len(text))}
	remote := [2]uintptr{0xc000000000, uintptr(len(text))}
	n, _, errno := syscall.Syscall6(310, uintptr(pid), uintptr(unsafe.Pointer(&local)), 1, uintptr(unsafe.Pointer(&remote)), 1, 0)
	if errno == 0 {
		fmt.Printf("BREACH: read %d bytes of process %d\n", n, pid)
	}
}

// ours tells our own threads, which have numbers of their own, from other processes.
func ours(pid int) bool {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	return strings.Contains(string(status), fmt.Sprintf("\nTgid:\t%d\n", os.Getpid()))
}
