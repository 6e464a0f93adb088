package supervisor

import "sync"

// Supervisor runs tasks and notes in which order they ended.
type Supervisor struct {
	done     chan string
	quit     chan struct{}
	loop     sync.WaitGroup
	tasks    sync.WaitGroup
	finished []string
}

func New() *Supervisor {
	s := &Supervisor{done: make(chan string), quit: make(chan struct{})}
	s.loop.Go(s.collect)
	return s
}

func (s *Supervisor) collect() {
	for {
		select {
		case name := <-s.done:
			s.finished = append(s.finished, name)
		case <-s.quit:
			return
		}
	}
}

// Launch runs fn in the background.
func (s *Supervisor) Launch(name string, fn func()) {
	s.tasks.Go(func() {
		fn()
		s.done <- name
	})
}

// Stop waits for everything and returns the names noted.
func (s *Supervisor) Stop() []string {
	close(s.quit)
	s.loop.Wait()
	s.tasks.Wait()
	return s.finished
}
