package pool_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	pool "sandbox/scratch"
)

func TestRunsEveryJob(t *testing.T) {
	p := pool.New(4, 8)
	var ran atomic.Int64
	var jobs sync.WaitGroup
	for range 100 {
		jobs.Add(1)
		if err := p.Submit(context.Background(), func() { ran.Add(1); jobs.Done() }); err != nil {
			t.Fatal(err)
		}
	}
	jobs.Wait()
	p.Close()
	if ran.Load() != 100 {
		t.Errorf("100 jobs were submitted and %d ran", ran.Load())
	}
}

func TestSubmitAfterClose(t *testing.T) {
	p := pool.New(1, 0)
	p.Close()
	if err := p.Submit(context.Background(), func() {}); !errors.Is(err, pool.ErrClosed) {
		t.Errorf("Submit after Close: %v", err)
	}
}
