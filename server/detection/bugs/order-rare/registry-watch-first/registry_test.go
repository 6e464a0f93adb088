package registry

import "testing"

func TestUpdatesAddToKnown(t *testing.T) {
	updates := make(chan Update, 1)
	updates <- Update{"search", "10.0.0.7:80"}
	close(updates)
	r := New(map[string]string{"login": "10.0.0.1:80"}, updates)
	r.Wait()
	for service, want := range map[string]string{"login": "10.0.0.1:80", "search": "10.0.0.7:80"} {
		if got := r.Lookup(service); got != want {
			t.Errorf("%s is at %q, want %q", service, got, want)
		}
	}
}
