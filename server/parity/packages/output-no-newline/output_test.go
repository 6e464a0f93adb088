package output

import (
	"fmt"
	"os"
	"testing"
)

func TestStdout(t *testing.T) { fmt.Print("no newline") }

func TestStderr(t *testing.T) { fmt.Fprint(os.Stderr, "nor here") }

func TestBoth(t *testing.T) {
	fmt.Print("out ")
	fmt.Fprint(os.Stderr, "err ")
	t.Log("log between")
	fmt.Println("end")
}

func TestFails(t *testing.T) {
	fmt.Print("text before the report")
	t.Fail()
}
