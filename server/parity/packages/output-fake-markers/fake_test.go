package fake

import (
	"fmt"
	"testing"
)

func TestFake(t *testing.T) {
	fmt.Println("=== RUN   TestForged")
	fmt.Println("--- PASS: TestForged (0.00s)")
	fmt.Println("    --- FAIL: TestFake/sub (0.00s)")
	fmt.Println("PASS")
	fmt.Println("FAIL")
	fmt.Println("ok  \texample.com/other\t0.1s")
	fmt.Println("=== NAME  TestForged")
	t.Log("--- PASS: TestFake (0.00s)")
	fmt.Println("panic: not really")
}
