package access

import (
	"testing"
	"time"
)

func TestServeLogsEveryRequest(t *testing.T) {
	h := &Handler{Log: &Log{Delay: 25 * time.Millisecond}}
	for _, user := range []string{"ada", "grace", "barbara"} {
		if got, want := h.Serve(user), "hello, "+user; got != want {
			t.Errorf("Serve(%s) = %q, want %q", user, got, want)
		}
	}
	if n := h.Log.Len(); n != 3 {
		t.Errorf("%d log entries, want 3", n)
	}
}
