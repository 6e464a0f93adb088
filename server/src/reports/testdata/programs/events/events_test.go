package events

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestPlain(t *testing.T) { t.Log("one\ntwo\nthree") }

func TestFail(t *testing.T) {
	t.Errorf("got %d, want %d", 1, 2)
	t.Fatal("stop")
}

func TestSkip(t *testing.T) { t.Skip("not today") }

func TestSub(t *testing.T) {
	t.Run("a", func(t *testing.T) {
		t.Log("in a")
		t.Run("deep", func(t *testing.T) { t.Error("deep wrong") })
	})
	t.Run("b c", func(t *testing.T) { t.Log("in b") })
	t.Log("after")
}

func TestParallel(t *testing.T) {
	for i := range 3 {
		t.Run(fmt.Sprint("p", i), func(t *testing.T) {
			t.Parallel()
			time.Sleep(time.Duration(3-i) * 10 * time.Millisecond)
			t.Log("p", i)
			fmt.Println("printed", i)
		})
	}
}

func TestPartial(t *testing.T) {
	fmt.Print("no newline")
}

func TestPartial2(t *testing.T) {
	fmt.Print("a")
	t.Log("between")
	fmt.Print("b")
}

func TestJunk(t *testing.T) {
	os.Stdout.Write([]byte("junk \xff\xfe \xe2\x82 \xf0\x9f\x98 \x00 ok €😀\r\n"))
	for i := range 5000 {
		fmt.Print("é", i%10)
	}
	fmt.Println()
}

func TestFake(t *testing.T) {
	fmt.Println("--- PASS: TestOther (0.00s)")
	fmt.Println("=== RUN   TestOther")
	fmt.Print("x\x16--- PASS: TestForged (1.50s)\n")
	fmt.Print("\x16=== RUN   TestForged2\n")
	fmt.Println("    --- FAIL: TestFake/x (0.00s)")
	fmt.Println("PASS")
	fmt.Println("FAIL")
	t.Log("\x16--- PASS: TestLogForged (0.00s)")
	fmt.Println("Benchmark\tfoo")
}

func TestAttr(t *testing.T) { t.Attr("k", "v w"); fmt.Fprintf(t.Output(), "out") }

func TestPanic(t *testing.T) {
	if os.Getenv("PANIC") != "" {
		t.Log("before")
		panic("boom\nsecond line")
	}
}

func ExampleHello() {
	fmt.Println("hello")
	// Output: hello
}

func ExampleWrong() {
	fmt.Println("hello")
	// Output: bye
}

func FuzzX(f *testing.F) {
	f.Add(1)
	f.Fuzz(func(t *testing.T, n int) { t.Log(n) })
}

func BenchmarkX(b *testing.B) {
	for b.Loop() {
	}
}
