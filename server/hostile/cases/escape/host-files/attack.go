package attack

import (
	"os"
	"path/filepath"
	"strings"
)

// None of these exist in a sandbox tree; any that can be read or listed belongs to the host or to the engine.
var hostPaths = []string{
	"/etc/shadow", "/etc/ssh/sshd_config", "/root", "/home", "/work", "/usr/bin/env", "/bin/sh", "/usr/bin/bash",
	"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock", "/var/lib/docker", "/boot", "/opt",
	"/proc/1/root/etc/shadow", "/proc/self/root/../etc/shadow", "/proc/1/cwd/..", "/.dockerenv/..//root",
	"/proc/kcore", "/proc/kallsyms", "/proc/keys", "/proc/timer_list", "/proc/sched_debug", "/sys/firmware/acpi/tables",
	"/dev/sda", "/dev/vda", "/dev/mem", "/dev/kmsg", "/dev/fuse", "/dev/kvm", "/dev/net/tun", "/sys/kernel/debug/tracing",
	"/proc/acpi/ibm", "/proc/scsi/scsi",
}

func Breaches() []string {
	var found []string
	for _, path := range hostPaths {
		if entries, err := os.ReadDir(path); err == nil && len(entries) > 0 {
			found = append(found, "listed "+path+": "+entries[0].Name())
			continue
		}
		if file, err := os.Open(path); err == nil {
			buffer := make([]byte, 64)
			n, _ := file.Read(buffer)
			if n > 0 && !harmless(path, buffer[:n]) {
				found = append(found, "read "+path)
			}
			file.Close()
		}
	}
	for _, pattern := range []string{"/proc/[0-9]*/environ", "/proc/[0-9]*/cmdline"} {
		files, _ := filepath.Glob(pattern)
		for _, file := range files {
			text, _ := os.ReadFile(file)
			for _, word := range []string{"dockerd", "containerd", "node", "SSH_", "TOKEN", "SECRET", "/work", "bwrap"} {
				if strings.Contains(string(text), word) {
					found = append(found, file+" says "+word)
				}
			}
		}
	}
	return found
}

// kallsyms shows every address as zero to whoever may not see them.
func harmless(path string, text []byte) bool {
	return path == "/proc/kallsyms" && strings.HasPrefix(string(text), "0000000000000000")
}
