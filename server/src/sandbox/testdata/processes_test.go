package contract

import (
	"fmt"
	"os"
	"os/exec"
	"testing"
	"time"
)

// Every child starts children in its turn.
func TestProcesses(t *testing.T) {
	for started := 0; ; started++ {
		child := exec.Command("/proc/self/exe", "-test.run=TestProcesses")
		if err := child.Start(); err != nil {
			fmt.Println("refused:", err)
			time.Sleep(50 * time.Millisecond)
		}
		if started > 2000 {
			os.Exit(3)
		}
	}
}
