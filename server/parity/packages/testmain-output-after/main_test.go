package testmain

import (
	"fmt"
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	code := m.Run()
	fmt.Println("after the run")
	fmt.Print("and a line that does not end")
	os.Exit(code)
}

func TestPasses(t *testing.T) { fmt.Println("in the test") }
