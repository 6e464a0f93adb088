package attack

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"unsafe"
)

func Breaches() []string {
	runtime.LockOSThread()
	var found []string
	note := func(what string, err error) {
		if err == nil {
			found = append(found, what)
		}
	}
	if os.Getuid() == 0 || os.Geteuid() == 0 || os.Getgid() == 0 {
		found = append(found, "runs as root")
	}
	if groups, _ := os.Getgroups(); len(groups) > 1 {
		found = append(found, fmt.Sprint("has groups ", groups))
	}
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "Cap") && !strings.HasSuffix(strings.TrimSpace(line), "0000000000000000") {
			found = append(found, "has capabilities: "+strings.TrimSpace(line))
		}
		if strings.HasPrefix(line, "NoNewPrivs:") && !strings.Contains(line, "1") {
			found = append(found, "may gain privileges")
		}
		if strings.HasPrefix(line, "Seccomp:") && !strings.Contains(line, "2") {
			found = append(found, "has no system call filter")
		}
	}
	raw := func(what string, number, a, b, c uintptr) {
		_, _, errno := syscall.RawSyscall(number, a, b, c)
		if errno == 0 {
			found = append(found, what)
		}
	}
	raw("setuid(0)", syscall.SYS_SETUID, 0, 0, 0)
	raw("setgid(0)", syscall.SYS_SETGID, 0, 0, 0)
	raw("setresuid(0)", syscall.SYS_SETRESUID, 0, 0, 0)
	for name, flag := range map[string]uintptr{"user": syscall.CLONE_NEWUSER, "mount": syscall.CLONE_NEWNS, "net": syscall.CLONE_NEWNET, "pid": syscall.CLONE_NEWPID, "ipc": syscall.CLONE_NEWIPC, "uts": syscall.CLONE_NEWUTS, "cgroup": 0x02000000} {
		raw("unshare "+name, syscall.SYS_UNSHARE, flag, 0, 0)
	}
	for _, name := range []string{"user", "mnt", "net", "pid", "ipc"} {
		if fd, err := syscall.Open("/proc/1/ns/"+name, syscall.O_RDONLY, 0); err == nil {
			raw("setns "+name, 308, uintptr(fd), 0, 0)
		}
	}
	note("mount tmpfs", syscall.Mount("none", "/tmp", "tmpfs", 0, ""))
	note("mount proc", syscall.Mount("proc", "/tmp", "proc", 0, ""))
	note("remount root", syscall.Mount("none", "/", "", syscall.MS_REMOUNT|syscall.MS_BIND, ""))
	note("bind mount", syscall.Mount("/", "/tmp", "", syscall.MS_BIND, ""))
	note("unmount proc", syscall.Unmount("/proc", syscall.MNT_DETACH))
	note("chroot", syscall.Chroot("/tmp"))
	note("pivot_root", syscall.PivotRoot("/", "/tmp"))
	note("sethostname", syscall.Sethostname([]byte("owned")))
	note("mknod of a disk", syscall.Mknod("/tmp/disk", syscall.S_IFBLK|0o666, 0x800))
	note("raising RLIMIT_NOFILE", syscall.Setrlimit(syscall.RLIMIT_NOFILE, &syscall.Rlimit{Cur: 1 << 30, Max: 1 << 30}))
	note("negative nice value", syscall.Setpriority(syscall.PRIO_PROCESS, 0, -20))
	priority := int32(50)
	raw("real-time scheduling", syscall.SYS_SCHED_SETSCHEDULER, 0, 1, uintptr(unsafe.Pointer(&priority)))
	if syscall.Mknod("/tmp/setuid", syscall.S_IFREG|0o6777, 0) == nil && syscall.Chown("/tmp/setuid", 0, 0) == nil {
		found = append(found, "made a file owned by root")
	}
	return found
}
