package exit

import (
	"os"
	"testing"
)

func TestExit(t *testing.T) {
	t.Log("this log is lost")
	os.Exit(0)
}
