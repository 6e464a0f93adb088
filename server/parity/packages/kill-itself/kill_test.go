package kill

import (
	"fmt"
	"os"
	"syscall"
	"testing"
)

func TestKill(t *testing.T) {
	fmt.Println("before the signal")
	syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {}
}
