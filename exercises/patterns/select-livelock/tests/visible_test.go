package workshop_test

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/workshop"
)

// reach is how long it takes to reach for a tool, and how long to come back, where time is virtual.
const reach = 10 * time.Millisecond

// tool is a workshop.Tool for tests.
type tool struct {
	t     *testing.T
	name  string
	reach time.Duration
	taken chan struct{} // has room for one
	asked atomic.Int64
}

func newTool(t *testing.T, name string) *tool {
	return &tool{t: t, name: name, reach: reach, taken: make(chan struct{}, 1)}
}

func (x *tool) Name() string { return x.name }

func (x *tool) Take(ctx context.Context) error {
	x.asked.Add(1)
	time.Sleep(x.reach)
	select {
	case x.taken <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (x *tool) TryTake() bool {
	x.asked.Add(1)
	time.Sleep(x.reach)
	select {
	case x.taken <- struct{}{}:
		return true
	default:
		time.Sleep(x.reach) // and back
		return false
	}
}

func (x *tool) Return() {
	select {
	case <-x.taken:
	default:
		x.t.Errorf("the %s was returned although nobody has it", x.name)
	}
}

// work takes both tools, uses them for a second and puts them back, so many times. It fails the test when it does not get
// them for 5 minutes.
func work(t *testing.T, times int, a, b *tool) {
	for n := range times {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Minute)
		putBack, err := workshop.Both(ctx, a, b)
		cancel()
		if err != nil {
			t.Errorf("round %d: everybody puts the tools back after 1s, and a call waited 5 minutes for %s and %s: %v", n+1, a.name, b.name, err)
			return
		}
		time.Sleep(time.Second)
		putBack()
	}
}

// signalling is a tool that is at hand, and tells when somebody asks for it.
type signalling struct {
	*tool
	asked chan struct{}
}

func (s signalling) Take(ctx context.Context) error {
	s.tell()
	return s.tool.Take(ctx)
}

func (s signalling) TryTake() bool {
	s.tell()
	return s.tool.TryTake()
}

func (s signalling) tell() {
	select {
	case s.asked <- struct{}{}:
	default: // told already
	}
}

func TestOtherToolsAreNotWaitedFor(t *testing.T) {
	asked := make(chan struct{}, 1)
	atHand := func(name string) signalling {
		x := newTool(t, name)
		x.reach = 0
		return signalling{x, asked}
	}
	saw, clamp, drill, file := atHand("saw"), atHand("clamp"), atHand("drill"), atHand("file")
	saw.taken <- struct{}{} // somebody else has it
	ctx, giveUp := context.WithCancel(context.Background())
	var robot sync.WaitGroup
	robot.Go(func() {
		if putBack, err := workshop.Both(ctx, saw, clamp); err == nil {
			putBack()
			t.Error("somebody else has the saw, and Both(saw, clamp) succeeded")
		}
	})
	<-asked // that call is on its way
	putBack, err := workshop.Both(context.Background(), drill, file)
	if err != nil {
		t.Errorf("drill and file are there, and Both(drill, file) returned the error %v", err)
	} else {
		putBack()
	}
	giveUp()
	robot.Wait()
}

func TestTwoRobotsBothTools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // time is virtual in here
		saw, clamp := newTool(t, "saw"), newTool(t, "clamp")
		var robots sync.WaitGroup
		robots.Go(func() { work(t, 1, saw, clamp) })
		robots.Go(func() { work(t, 1, clamp, saw) })
		robots.Wait()
	})
}

func TestCallerHasBothTools(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		saw, clamp := newTool(t, "saw"), newTool(t, "clamp")
		putBack, err := workshop.Both(context.Background(), saw, clamp)
		if err != nil {
			t.Fatalf("both tools are there, and Both returned the error %v", err)
		}
		for _, x := range []*tool{saw, clamp} {
			if len(x.taken) == 0 {
				t.Errorf("Both has returned, and the %s is not taken", x.name)
			}
		}
		putBack()
		putBack() // does nothing
		for _, x := range []*tool{saw, clamp} {
			if len(x.taken) != 0 {
				t.Errorf("putBack was called, and the %s is still taken", x.name)
			}
		}
	})
}
