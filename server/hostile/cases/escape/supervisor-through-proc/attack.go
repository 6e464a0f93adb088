package attack

import (
	"fmt"
	"os"
	"strings"
	"syscall"
	"unsafe"
)

const sysProcessVMReadv, sysPidfdOpen, sysPidfdGetfd = 310, 434, 438

func Breaches() []string {
	var found []string
	for _, pid := range []int{1, os.Getppid()} {
		if pid == os.Getpid() {
			continue
		}
		for _, name := range []string{"environ", "mem", "auxv", "stack", "syscall", "pagemap", "io", "personality", "maps", "smaps"} {
			path := fmt.Sprintf("/proc/%d/%s", pid, name)
			if file, err := os.Open(path); err == nil {
				buffer := make([]byte, 4096)
				if n, err := file.ReadAt(buffer, 0x400000); name == "mem" && err == nil {
					found = append(found, fmt.Sprintf("read %d bytes of %s", n, path))
				}
				if n, _ := file.Read(buffer); name != "mem" && n > 0 {
					found = append(found, fmt.Sprintf("read %d bytes of %s", n, path))
				}
				file.Close()
			}
			if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
				found = append(found, "opened for writing: "+path)
				file.Close()
			}
		}
		for fd := range 64 {
			path := fmt.Sprintf("/proc/%d/fd/%d", pid, fd)
			if target, err := os.Readlink(path); err == nil {
				found = append(found, "saw descriptor "+path+" "+target)
			}
			if file, err := os.OpenFile(path, os.O_WRONLY|syscall.O_NONBLOCK, 0); err == nil {
				found = append(found, "opened the supervisor's descriptor "+path)
				file.Close()
			}
		}
		if _, err := os.ReadDir(fmt.Sprintf("/proc/%d/root/", pid)); err == nil {
			found = append(found, "entered the supervisor's root")
		}
		found = append(found, throughCalls(pid)...)
	}
	return found
}

func throughCalls(pid int) []string {
	var found []string
	if syscall.PtraceAttach(pid) == nil {
		found = append(found, "traced the supervisor")
		syscall.PtraceDetach(pid)
	}
	buffer := make([]byte, 64)
	local := syscall.Iovec{Base: &buffer[0], Len: 64}
	remote := [2]uintptr{0x400000, 64}
	n, _, errno := syscall.Syscall6(sysProcessVMReadv, uintptr(pid), uintptr(unsafe.Pointer(&local)), 1, uintptr(unsafe.Pointer(&remote)), 1, 0)
	if errno == 0 && n > 0 {
		found = append(found, "process_vm_readv: "+strings.TrimSpace(string(buffer[:n])))
	}
	if pidfd, _, errno := syscall.Syscall(sysPidfdOpen, uintptr(pid), 0, 0); errno == 0 {
		for fd := range uintptr(16) {
			if _, _, errno := syscall.Syscall(sysPidfdGetfd, pidfd, fd, 0); errno == 0 {
				found = append(found, fmt.Sprintf("took descriptor %d of the supervisor", fd))
			}
		}
	}
	return found
}
