package attack

import (
	"os"
	"path/filepath"
)

func Breaches() []string {
	paths := []string{
		"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname", "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/binfmt_misc/register",
		"/proc/sys/kernel/modprobe", "/proc/sysrq-trigger", "/proc/irq/default_smp_affinity", "/proc/sys/net/ipv4/ip_forward",
		"/proc/sys/kernel/pid_max", "/sys/kernel/uevent_helper", "/sys/power/state", "/sys/module/apparmor/parameters/enabled",
	}
	for _, pattern := range []string{"/sys/fs/cgroup/*", "/sys/fs/cgroup/*/*", "/sys/fs/cgroup/*/*/tasks", "/sys/fs/cgroup/*/*/*"} {
		files, _ := filepath.Glob(pattern)
		paths = append(paths, files...)
	}
	var found []string
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			if os.Mkdir(filepath.Join(path, "escape"), 0o755) == nil {
				found = append(found, "made a folder in "+path)
			}
			continue
		}
		if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			found = append(found, "opened for writing: "+path)
			file.Close()
		}
	}
	for _, path := range []string{"/proc/self/uid_map", "/proc/self/gid_map"} {
		if os.WriteFile(path, []byte("0 0 1"), 0) == nil {
			found = append(found, "mapped itself to root in "+path)
		}
	}
	if os.WriteFile("/proc/self/oom_score_adj", []byte("-1000"), 0) == nil {
		found = append(found, "made itself immune to the out-of-memory killer")
	}
	return found
}
