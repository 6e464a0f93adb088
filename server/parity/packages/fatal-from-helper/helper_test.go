package helper

import "testing"

func must(t *testing.T, ok bool) {
	t.Helper()
	if !ok {
		t.Fatal("the line is the caller's")
	}
}

func notHelper(t *testing.T) { t.Error("the line is this one") }

func TestHelper(t *testing.T) {
	must(t, true)
	notHelper(t)
	defer t.Log("deferred calls run")
	must(t, false)
	t.Log("not reached")
}

func TestFatalInGoroutine(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.FailNow()
	}()
	<-done
	t.Log("FailNow ended only its own goroutine")
}
