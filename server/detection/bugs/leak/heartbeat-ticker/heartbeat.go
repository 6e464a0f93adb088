// Package heartbeat tells a peer at a fixed interval that we are alive.
package heartbeat

import (
	"sync/atomic"
	"time"
)

// Heart sends beats.
type Heart struct {
	ticker *time.Ticker
	beats  atomic.Int64
	send   func(seq int64) error
	failed atomic.Bool
}

// Start sends a beat at every interval.
func Start(interval time.Duration, send func(seq int64) error) *Heart {
	h := &Heart{ticker: time.NewTicker(interval), send: send}
	go h.loop()
	return h
}

func (h *Heart) loop() {
	for range h.ticker.C {
		if err := h.send(h.beats.Add(1)); err != nil {
			h.failed.Store(true)
		}
	}
}

// Healthy tells whether all beats could be sent.
func (h *Heart) Healthy() bool { return !h.failed.Load() }

// Stop ends the heartbeat.
func (h *Heart) Stop() {
	h.ticker.Stop()
}
