package exit

import (
	"fmt"
	"os"
	"testing"
)

func TestFirst(t *testing.T) {}

func TestExit(t *testing.T) {
	fmt.Println("leaving")
	os.Exit(4)
}

func TestNeverRuns(t *testing.T) {}
