package mail

import (
	"sync"
	"testing"
)

func TestRenderForManyRecipients(t *testing.T) {
	r := NewRenderer("Hello {{.Name}}, your order has shipped.")
	var wg sync.WaitGroup
	for _, name := range []string{"Ada", "Grace", "Edsger", "Barbara"} {
		wg.Go(func() {
			got, err := r.Render(map[string]string{"Name": name})
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
			if want := "Hello " + name + ", your order has shipped."; got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
	wg.Wait()
}
