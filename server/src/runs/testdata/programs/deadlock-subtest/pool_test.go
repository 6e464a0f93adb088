package pool

import "testing"

func TestAll(t *testing.T) {
	for _, name := range []string{"one", "two", "three"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ch := make(chan int)
			if name == "two" {
				Take(ch)
			}
		})
	}
}
