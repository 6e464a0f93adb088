package contract

import (
	"fmt"
	"os"
	"os/exec"
	"syscall"
	"testing"
	"time"
)

// Leaves a child in a session of its own.
func TestDaemon(t *testing.T) {
	if os.Getenv("DAEMON") != "" {
		time.Sleep(time.Hour)
	}
	child := exec.Command("/proc/self/exe", "-test.run=TestDaemon")
	child.Env = []string{"DAEMON=1"}
	child.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	fmt.Println("daemon:", child.Start())
}
