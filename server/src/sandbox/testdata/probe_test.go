package contract

import (
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

func TestIdentity(t *testing.T) {
	fmt.Println("uid:", os.Getuid(), os.Geteuid(), os.Getgid())
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		for _, field := range []string{"CapPrm", "CapEff", "CapBnd", "CapAmb", "NoNewPrivs", "Seccomp:"} {
			if strings.HasPrefix(line, field) {
				fmt.Println(line)
			}
		}
	}
	var core syscall.Rlimit
	for whose, pid := range map[string]string{"program": "self", "supervisor": "1"} {
		score, _ := os.ReadFile("/proc/" + pid + "/oom_score_adj")
		fmt.Println("oom score of the "+whose+":", strings.TrimSpace(string(score)))
	}
	fmt.Println("core:", syscall.Getrlimit(syscall.RLIMIT_CORE, &core), core.Max)
}

func TestNetwork(t *testing.T) {
	for _, address := range []string{"1.1.1.1:53", "169.254.169.254:80", "172.17.0.1:80"} {
		conn, err := net.DialTimeout("tcp", address, 2*time.Second)
		fmt.Println("dial:", address, conn != nil, err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "ok") }))
	defer server.Close()
	answer, err := http.Get(server.URL)
	fmt.Println("loopback:", err == nil && answer.StatusCode == 200, err)
}

// Tries to create a file in every folder that can be seen.
func TestWritable(t *testing.T) {
	folders := 0
	filepath.WalkDir("/", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil
		}
		if !entry.IsDir() {
			return nil
		}
		if path == "/tmp" || (strings.HasPrefix(path, "/proc/") && path != "/proc/1" && path != "/proc/self" && path != "/proc/sys") {
			return fs.SkipDir
		}
		folders++
		name := filepath.Join(path, "planted")
		if file, err := os.OpenFile(name, os.O_CREATE|os.O_WRONLY, 0o600); err == nil {
			file.Close()
			os.Remove(name)
			fmt.Println("writable:", path)
		}
		return nil
	})
	fmt.Println("folders:", folders)
	for _, path := range []string{"/supervisor", "/etc/passwd", "/go/VERSION"} {
		if file, err := os.OpenFile(path, os.O_WRONLY, 0); err == nil {
			file.Close()
			fmt.Println("writable:", path)
		}
	}
}

func TestHostFiles(t *testing.T) {
	for _, path := range strings.Split("HOST_PATHS", ",") {
		_, err := os.Stat(path)
		fmt.Println("host:", path, err == nil)
	}
	for _, path := range []string{"/var/run/docker.sock", "/run/docker.sock", "/proc/1/root/etc", "/proc/1/environ", "/proc/1/mem"} {
		file, err := os.Open(path)
		fmt.Println("host:", path, err == nil)
		file.Close()
	}
	entries, _ := os.ReadDir("/")
	for _, entry := range entries {
		fmt.Println("root:", entry.Name())
	}
}

func TestDescriptors(t *testing.T) {
	entries, _ := os.ReadDir("/proc/self/fd")
	for _, entry := range entries {
		target, err := os.Readlink("/proc/self/fd/" + entry.Name())
		if err == nil {
			fmt.Println("fd:", entry.Name(), target)
		}
	}
}
