// Package debounce passes a value on once its input has been quiet.
package debounce

import "time"

// Debouncer drops all but the last of several quick values.
type Debouncer struct {
	in, out chan string
	quit    chan struct{}
	ended   chan struct{}
}

// New returns a debouncer that waits for quiet.
func New(quiet time.Duration) *Debouncer {
	d := &Debouncer{
		in:    make(chan string),
		out:   make(chan string),
		quit:  make(chan struct{}),
		ended: make(chan struct{}),
	}
	go d.run(quiet)
	return d
}

func (d *Debouncer) run(quiet time.Duration) {
	defer close(d.ended)
	timer := time.NewTimer(quiet)
	timer.Stop()
	var last string
	var ready chan<- string // nil until the input is quiet
	for {
		select {
		case last = <-d.in:
			ready = nil
			timer.Reset(quiet)
		case <-timer.C:
			ready = d.out
		case ready <- last:
			ready = nil
		case <-d.quit:
			timer.Stop()
			return
		}
	}
}

// Set gives the debouncer a new value.
func (d *Debouncer) Set(value string) { d.in <- value }

// Settled returns the channel of values that stayed.
func (d *Debouncer) Settled() <-chan string { return d.out }

// Close ends the debouncer. A value on its way is lost.
func (d *Debouncer) Close() {
	close(d.quit)
	<-d.ended
}
