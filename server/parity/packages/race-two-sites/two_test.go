package two

import "testing"

func together(f func()) {
	done := make(chan bool)
	go func() {
		f()
		close(done)
	}()
	f()
	<-done
}

func TestHit(t *testing.T)  { together(new(Stats).Hit) }
func TestMiss(t *testing.T) { together(new(Stats).Miss) }
