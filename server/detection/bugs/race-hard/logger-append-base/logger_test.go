package logger

import (
	"fmt"
	"strings"
	"sync"
	"testing"
)

func TestLogOneLinePerCall(t *testing.T) {
	var out strings.Builder
	l := New(&out, "billing", "env=test")
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			if err := l.Log("info", "paid", fmt.Sprintf("invoice=%d", i)); err != nil {
				t.Errorf("Log: %v", err)
			}
		})
	}
	wg.Wait()
	if n := strings.Count(out.String(), "service=billing env=test level=info"); n != 8 {
		t.Errorf("got %d complete lines, want 8:\n%s", n, out.String())
	}
}
