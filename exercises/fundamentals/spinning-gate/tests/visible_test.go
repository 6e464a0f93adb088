package gate_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/gate"
)

// watched is a context that counts how often it is looked at, and is cancelled when that is far too often: a waiter
// that never rests is thrown out.
type watched struct {
	context.Context
	cancel context.CancelFunc
	looks  atomic.Int64
}

const patience = 10_000 // looks

func watch(ctx context.Context) *watched {
	ctx, cancel := context.WithCancel(ctx)
	return &watched{Context: ctx, cancel: cancel}
}

func (w *watched) look() {
	if w.looks.Add(1) == patience {
		w.cancel()
	}
}

func (w *watched) Done() <-chan struct{} { w.look(); return w.Context.Done() }
func (w *watched) Err() error            { w.look(); return w.Context.Err() }

// wait calls Wait in a goroutine of its own.
func wait(g *gate.Gate, ctx context.Context) <-chan error {
	c := make(chan error, 1)
	go func() { c <- g.Wait(ctx) }()
	return c
}

func TestOpenAndClose(t *testing.T) {
	g := gate.New()
	for range 3 {
		g.Open()
		g.Open() // does nothing
		for range 2 {
			if err := g.Wait(context.Background()); err != nil {
				t.Errorf("the gate is open: Wait returned %v", err)
			}
		}
		g.Close()
		g.Close() // does nothing
		ctx := watch(context.Background())
		ctx.cancel()
		if err := g.Wait(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("the gate is closed and the context is done: Wait returned %v, want context canceled", err)
		}
	}
}

func TestWaitingIsQuiet(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		g := gate.New()
		ctx := watch(context.Background())
		through := wait(g, ctx)
		time.Sleep(time.Hour)
		if n := ctx.looks.Load(); n > 20 {
			t.Errorf("the gate was closed for an hour: the waiting goroutine looked at its context %d times (it is thrown out after %d), want at most 20. Who waits must not keep a processor busy", n, patience)
		}
		g.Open()
		if err := <-through; err != nil {
			t.Errorf("the gate was opened after an hour: Wait returned %v", err)
		}
	})
}

func TestCallerGivesUp(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		timeout, cancel := context.WithTimeout(context.Background(), time.Minute)
		defer cancel()
		begin := time.Now()
		if err := g.Wait(watch(timeout)); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the gate stayed closed and the context ended after 1m: Wait returned %v, want context deadline exceeded", err)
		}
		if took := time.Since(begin); took != time.Minute {
			t.Errorf("the context ended after 1m: Wait returned after %v", took)
		}
	})
}
