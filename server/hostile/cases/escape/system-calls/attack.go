package attack

import (
	"fmt"
	"syscall"
	"unsafe"
)

type call struct {
	name    string
	number  uintptr
	a, b, c uintptr
	d, e    uintptr
}

func Breaches() []string {
	var space [4096]byte
	at := uintptr(unsafe.Pointer(&space[0]))
	calls := []call{
		{name: "bpf", number: 321, a: 0, b: at, c: 72},
		{name: "add_key", number: 248, a: text("user"), b: text("k"), c: at, d: 8, e: ^uintptr(3)},
		{name: "keyctl", number: 250, a: 0, b: ^uintptr(3), c: 1},
		{name: "request_key", number: 249, a: text("user"), b: text("k"), c: 0},
		{name: "io_uring_setup", number: 425, a: 8, b: at},
		{name: "userfaultfd", number: 323, a: 1},
		{name: "perf_event_open", number: 298, a: at, b: 0, c: ^uintptr(0), d: ^uintptr(0)},
		{name: "ptrace traceme", number: 101, a: 0},
		{name: "kexec_load", number: 246},
		{name: "init_module", number: 175, a: at, b: 16, c: at},
		{name: "finit_module", number: 313, a: 0, b: at},
		{name: "delete_module", number: 176, a: text("x"), b: 0},
		{name: "open_by_handle_at", number: 304, a: 0, b: at, c: 0},
		{name: "quotactl", number: 179, a: 0, b: at, c: 0, d: at},
		{name: "swapon", number: 167, a: text("/tmp/x"), b: 0},
		{name: "settimeofday", number: 164, a: at, b: 0},
		{name: "clock_settime", number: 227, a: 0, b: at},
		{name: "acct", number: 163, a: text("/tmp/x")},
		{name: "syslog", number: 103, a: 3, b: at, c: 16},
		{name: "iopl", number: 172, a: 3},
		{name: "ioperm", number: 173, a: 0, b: 1, c: 1},
		{name: "fanotify_init", number: 300, a: 0, b: 0},
		{name: "lookup_dcookie", number: 212, a: 1, b: at, c: 16},
		{name: "move_pages of pid 1", number: 279, a: 1, b: 0, c: 0},
		{name: "migrate_pages", number: 256, a: 1, b: 0, c: at, d: at},
		{name: "fsopen", number: 430, a: text("tmpfs")},
		{name: "open_tree", number: 428, a: ^uintptr(99), b: text("/"), c: 1},
		{name: "move_mount", number: 429, a: 0, b: text(""), c: 0, d: text("")},
		{name: "clone3 with a user namespace", number: 435, a: cloneArguments(&space), b: 88},
		{name: "modify_ldt", number: 154, a: 1, b: at, c: 16},
		{name: "uselib", number: 134, a: text("/supervisor")},
		{name: "vhangup", number: 153},
		{name: "pivot_root", number: 155, a: text("/"), b: text("/tmp")},
		{name: "nfsservctl", number: 180},
		{name: "kcmp of pid 1", number: 312, a: 1, b: 1, c: 0},
		{name: "process_vm_writev to pid 1", number: 311, a: 1, b: at, c: 1, d: at, e: 1},
		{name: "pidfd_getfd", number: 438, a: 0, b: 0, c: 0},
		{name: "memfd_secret", number: 447, a: 0},
		{name: "landlock_restrict_self", number: 446, a: 0, b: 0},
	}
	var found []string
	for _, c := range calls {
		if result, _, errno := syscall.RawSyscall6(c.number, c.a, c.b, c.c, c.d, c.e, 0); errno == 0 {
			found = append(found, fmt.Sprintf("%s gave %d", c.name, result))
		}
	}
	families := map[string][2]int{
		"AF_ALG": {38, syscall.SOCK_SEQPACKET}, "AF_NETLINK": {16, syscall.SOCK_RAW}, "AF_PACKET": {17, syscall.SOCK_RAW},
		"AF_VSOCK": {40, syscall.SOCK_STREAM}, "AF_KEY": {15, syscall.SOCK_RAW}, "AF_BLUETOOTH": {31, syscall.SOCK_RAW},
		"AF_TIPC": {30, syscall.SOCK_SEQPACKET}, "AF_RDS": {21, syscall.SOCK_SEQPACKET}, "AF_XDP": {44, syscall.SOCK_RAW},
		"AF_INET raw": {2, syscall.SOCK_RAW}, "AF_CAN": {29, syscall.SOCK_RAW}, "AF_SMC": {43, syscall.SOCK_STREAM},
	}
	for name, family := range families {
		if _, err := syscall.Socket(family[0], family[1], 1); err == nil {
			found = append(found, "a socket of family "+name)
		}
	}
	return found
}

func text(s string) uintptr {
	bytes := append([]byte(s), 0)
	return uintptr(unsafe.Pointer(&bytes[0]))
}

func cloneArguments(space *[4096]byte) uintptr {
	arguments := (*[11]uint64)(unsafe.Pointer(&space[1024]))
	arguments[0] = syscall.CLONE_NEWUSER
	arguments[4] = uint64(syscall.SIGCHLD)
	return uintptr(unsafe.Pointer(arguments))
}
