package countries

import (
	"sync"
	"testing"
)

func TestCodeParsesOnce(t *testing.T) {
	var table Table
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for country, want := range map[string]string{"dk": "45", "pl": "48", "at": "43"} {
				if code, ok := table.Code(country); !ok || code != want {
					t.Errorf("Code(%s) = %q, %v; want %q", country, code, ok, want)
				}
			}
		})
	}
	wg.Wait()
	if table.parses != 1 {
		t.Errorf("parsed %d times, want once", table.parses)
	}
}
