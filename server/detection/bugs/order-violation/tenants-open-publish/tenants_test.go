package tenants

import (
	"sync"
	"testing"
)

func TestOpenSameTenant(t *testing.T) {
	r := NewRegistry(func(tenant string) map[string]string {
		return map[string]string{"name": tenant, "plan": "pro"}
	})
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			if plan, ok := r.Open("acme").Get("plan"); !ok || plan != "pro" {
				t.Errorf("plan = %q, %v", plan, ok)
			}
		})
	}
	wg.Wait()
}
