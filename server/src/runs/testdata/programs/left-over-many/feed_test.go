package feed

import "testing"

func TestFeed(t *testing.T) {
	go Drain()
	for range 29 {
		go Nap()
	}
	if testing.Short() {
		Forget()
	}
}
