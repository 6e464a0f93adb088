package hits

import (
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestCounterServesConcurrentRequests(t *testing.T) {
	c := New(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	}))
	paths := []string{"/", "/users", "/orders", "/health"}

	var wg sync.WaitGroup
	for _, p := range paths {
		wg.Go(func() {
			rec := httptest.NewRecorder()
			c.ServeHTTP(rec, httptest.NewRequest(http.MethodGet, p, nil))
			if rec.Code != http.StatusNoContent {
				t.Errorf("%s: status %d", p, rec.Code)
			}
		})
	}
	wg.Wait()

	for _, p := range paths {
		if got := c.Hits(p); got != 1 {
			t.Errorf("Hits(%q) = %d, want 1", p, got)
		}
	}
}
