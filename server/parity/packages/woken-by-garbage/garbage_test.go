// What wakes these tests runs when the collector finds something unreachable, some collections later.
package woken

import (
	"runtime"
	"sync"
	"testing"
)

var (
	pool  sync.Pool
	woken = make(chan int, 1)
)

func TestCleanup(t *testing.T) {
	func() {
		p := new([64]int)
		runtime.AddCleanup(p, func(int) { woken <- 1 }, 0)
		pool.Put(p)
	}()
	<-woken
}

func TestFinalizersInARow(t *testing.T) {
	type link struct {
		next *link
		pad  [8]int
	}
	func() {
		var first *link
		for range 4 {
			first = &link{next: first}
			last := first.next == nil
			runtime.SetFinalizer(first, func(*link) {
				if last {
					woken <- 1
				}
			})
		}
	}()
	<-woken
}
