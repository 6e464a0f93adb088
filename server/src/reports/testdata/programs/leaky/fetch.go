package leaky

import "sync"

var keep []chan int

// First returns the first answer and forgets the others.
func First(n int) int {
	out := make(chan int)
	for i := range n {
		go func() { out <- i }()
	}
	return <-out
}

// Watch never ends.
func Watch(mu *sync.Mutex) {
	mu.Lock()
	go func() {
		mu.Lock()
	}()
	stop := make(chan bool)
	go watch(stop)
}

func watch(stop chan bool) {
	select {
	case <-stop:
	}
}
