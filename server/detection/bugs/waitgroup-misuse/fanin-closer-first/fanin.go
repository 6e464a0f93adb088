// Package fanin joins several streams of readings into one.
package fanin

import "sync"

// Reading is one measurement of a sensor.
type Reading struct {
	Sensor string
	Value  float64
}

// Merge returns a channel with the readings of all sources. It is closed
// when all of them are.
func Merge(sources ...<-chan Reading) <-chan Reading {
	merged := make(chan Reading)
	var wg sync.WaitGroup
	go func() {
		wg.Wait()
		close(merged)
	}()
	for _, source := range sources {
		wg.Go(func() {
			for r := range source {
				merged <- r
			}
		})
	}
	return merged
}
