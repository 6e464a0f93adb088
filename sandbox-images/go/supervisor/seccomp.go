package main

import (
	"fmt"
	"runtime"
	"unsafe"

	"golang.org/x/sys/unix"
)

// installSeccomp allows the system calls of `allowed` to us and to every process we start, refuses all others with
// EPERM (ENOSYS where a caller then falls back to an allowed one), and narrows a few by their arguments.
func installSeccomp() error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	program := seccompProgram()
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, unix.SECCOMP_FILTER_FLAG_TSYNC,
		uintptr(unsafe.Pointer(&filter)))
	if errno != 0 {
		return fmt.Errorf("seccomp filter: %w", errno)
	}
	return nil
}

// Offsets into struct seccomp_data (linux/seccomp.h).
const (
	offsetNumber    = 0
	offsetArch      = 4
	offsetArguments = 16
)

// x32Bit marks the x32 variant of a system call on amd64.
const x32Bit = 0x40000000

const (
	allow       = unix.SECCOMP_RET_ALLOW
	kill        = unix.SECCOMP_RET_KILL_PROCESS
	refuse      = unix.SECCOMP_RET_ERRNO | uint32(unix.EPERM)
	unknown     = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
	noFamily    = unix.SECCOMP_RET_ERRNO | uint32(unix.EAFNOSUPPORT)
	notTerminal = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOTTY)
)

// newNamespaces are the clone flags that make a namespace.
const newNamespaces = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC |
	unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET | unix.CLONE_NEWTIME

func seccompProgram() []unix.SockFilter {
	p := []unix.SockFilter{
		load(offsetArch), jumpEqual(auditArch, 1, 0), answer(kill),
		load(offsetNumber), jumpSet(x32Bit, 0, 1), answer(kill),
	}
	for _, call := range allowed {
		p = append(p, jumpEqual(uint32(call), 0, 1), answer(allow))
	}
	for _, call := range fallsBack {
		p = append(p, jumpEqual(uint32(call), 0, 1), answer(unknown))
	}
	p = append(p, onlyValues(unix.SYS_SOCKET, 0, noFamily, unix.AF_UNIX, unix.AF_INET)...)
	p = append(p, onlyValues(unix.SYS_SOCKETPAIR, 0, noFamily, unix.AF_UNIX)...)
	p = append(p, onlyValues(unix.SYS_IOCTL, 1, notTerminal, unix.TCGETS, unix.TIOCGWINSZ, fionread, fionbio, fioclex)...)
	p = append(p, onlyValues(unix.SYS_PERSONALITY, 0, refuse, 0xffffffff, addrNoRandomize)...)
	// Of the calls that change another process of the same user, the supervisor among them, only the form for oneself.
	p = append(p, onlyValues(unix.SYS_PRLIMIT64, 0, refuse, 0)...)
	p = append(p, onlyValues(unix.SYS_SCHED_SETAFFINITY, 0, refuse, 0)...)
	p = append(p, jumpEqual(unix.SYS_CLONE, 0, 3), load(offsetArguments), jumpSet(newNamespaces, 1, 0), answer(allow))
	return append(p, answer(refuse))
}

const (
	fionread        = 0x541b
	fionbio         = 0x5421
	fioclex         = 0x5451
	addrNoRandomize = 0x0040000
)

// onlyValues allows a call only with one of these values in the low half of an argument. On a match of the call it
// always answers, so the accumulator is still the call's number for what follows.
func onlyValues(call uint32, argument uint32, otherwise uint32, values ...uint32) []unix.SockFilter {
	body := []unix.SockFilter{load(offsetArguments + 8*argument)}
	for _, value := range values {
		body = append(body, jumpEqual(value, 0, 1), answer(allow))
	}
	body = append(body, answer(otherwise))
	return append([]unix.SockFilter{jumpEqual(call, 0, uint8(len(body)))}, body...)
}

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

func jumpEqual(value uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: yes, Jf: no}
}

func jumpSet(bits uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JSET | unix.BPF_K, K: bits, Jt: yes, Jf: no}
}

func answer(value uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: value}
}
