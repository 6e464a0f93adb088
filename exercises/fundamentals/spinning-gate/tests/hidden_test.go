package gate_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"

	"sandbox/gate"
)

func TestEveryoneIsLetThrough(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		var waiting []<-chan error
		for range 20 {
			waiting = append(waiting, wait(g, watch(context.Background())))
		}
		synctest.Wait() // all of them are waiting
		g.Open()
		for _, through := range waiting {
			if err := <-through; err != nil {
				t.Errorf("20 were waiting when the gate was opened: Wait returned %v for one of them", err)
			}
		}
	})
}

func TestShortOpeningIsNotMissed(t *testing.T) {
	for range 5 {
		synctest.Test(t, func(t *testing.T) {
			g := gate.New()
			var waiting []<-chan error
			for range 4 {
				waiting = append(waiting, wait(g, watch(context.Background())))
			}
			synctest.Wait()
			g.Open()
			g.Close()
			for _, through := range waiting {
				if err := <-through; err != nil {
					t.Errorf("4 were waiting, the gate was opened and closed again at once: Wait returned %v for one of them, which was thrown out for being restless", err)
				}
			}
			ctx := watch(context.Background())
			late := wait(g, ctx)
			synctest.Wait()
			select {
			case err := <-late:
				t.Errorf("the gate is closed again, and a call of Wait that came later returned %v", err)
			default:
				ctx.cancel()
				<-late
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestCloseLeavesNobodyBehind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		g := gate.New()
		through := wait(g, watch(context.Background()))
		synctest.Wait()
		g.Close() // it is closed already
		g.Open()
		if err := <-through; err != nil {
			t.Errorf("somebody was waiting, a closed gate was closed and then opened: Wait returned %v", err)
		}
	})
}

func TestOpenGateBeatsADoneContext(t *testing.T) {
	g := gate.New()
	g.Open()
	done, cancel := context.WithCancel(context.Background())
	cancel()
	for range 40 {
		if err := g.Wait(done); err != nil {
			t.Fatalf("the gate is open and the context is done: Wait returned %v, want nil", err)
		}
	}
}

func TestOpenedAndClosedUnderTraffic(t *testing.T) {
	g := gate.New()
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			for range 40 {
				if err := g.Wait(watch(context.Background())); err != nil {
					t.Errorf("under traffic Wait returned %v", err)
					return
				}
			}
		})
	}
	for range 2 {
		all.Go(func() {
			for range 40 {
				g.Close()
				g.Open()
			}
		})
	}
	all.Wait() // the last of the openers leaves it open
}
