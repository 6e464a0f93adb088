package pipeline_test

import (
	"context"
	"runtime"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/pipeline"
)

// Nobody receives, and then the pipeline is turned off: whoever waits for a receiver has to go.
func TestNobodyReceives(t *testing.T) {
	for range 5 {
		ctx, cancel := context.WithCancel(t.Context())
		forMap, mapped := countingSource(ctx, 1, 2, 3, 4)
		forMerge, merged := countingSource(ctx, 1, 2, 3, 4)
		forBatch, batched := countingSource(ctx, 1, 2, 3, 4)
		pipeline.Map(ctx, forMap, 2, double)
		pipeline.Merge(ctx, forMerge, source(ctx, 3, 4))
		pipeline.Batch(ctx, forBatch, 2, time.Hour)
		// Once a stage has taken so many values, it has something to send. Nothing but how soon a mistake shows depends on it.
		for spins := 0; spins < 100_000 && (mapped.Load() < 2 || merged.Load() < 1 || batched.Load() < 2); spins++ {
			runtime.Gosched()
		}
		cancel()
	}
}

// ends receives what waits, and reports whether the output is closed after it.
func ends[T any](out <-chan T) bool {
	for {
		synctest.Wait()
		select {
		case _, open := <-out:
			if !open {
				return true
			}
		default:
			return false
		}
	}
}

func TestOutputIsClosedWhenTurnedOff(t *testing.T) {
	never := func() <-chan int { return make(chan int) }
	identity := func(v int) int { return v }
	for name, stage := range map[string]func(ctx context.Context) func() bool{
		"Map without values": func(ctx context.Context) func() bool {
			out := pipeline.Map(ctx, never(), 3, identity)
			return func() bool { return ends(out) }
		},
		"Merge without values": func(ctx context.Context) func() bool {
			out := pipeline.Merge(ctx, never(), never())
			return func() bool { return ends(out) }
		},
		"Batch without values": func(ctx context.Context) func() bool {
			out := pipeline.Batch(ctx, never(), 3, time.Hour)
			return func() bool { return ends(out) }
		},
		"Batch with one of three values": func(ctx context.Context) func() bool {
			in := make(chan int, 1)
			in <- 1
			out := pipeline.Batch(ctx, in, 3, time.Hour)
			return func() bool { return ends(out) }
		},
	} {
		inBubble(t, func(t *testing.T, ctx context.Context, cancel context.CancelFunc) {
			ended := stage(ctx)
			if ended() {
				t.Fatalf("%s: the output is closed although more values may come", name)
			}
			cancel()
			if !ended() {
				t.Errorf("%s: the context was cancelled, and the output is not closed", name)
			}
		})
		if t.Failed() {
			return
		}
	}
}

func TestMapWaitsForCallsThatAreRunning(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, cancel context.CancelFunc) {
		begin := time.Now()
		var running atomic.Int64
		out := pipeline.Map(ctx, source(ctx, 1, 2, 3, 4), 2, func(v int) int {
			running.Add(1)
			defer running.Add(-1)
			time.Sleep(3 * time.Second)
			return v
		})
		time.Sleep(time.Second)
		cancel()
		for range out {
		}
		if n, at := running.Load(), time.Since(begin); n != 0 || at != 3*time.Second {
			t.Errorf("two calls of f ran from 0s to 3s, the context was cancelled at 1s: the output was closed at %v with %d calls running", at, n)
		}
	})
}

func TestMapRunsUpToWorkersAtOnce(t *testing.T) {
	for _, workers := range []int{1, 3} {
		inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
			gate := make(chan struct{})
			var running atomic.Int64
			out := pipeline.Map(ctx, source(ctx, upTo(9)...), workers, func(v int) int {
				running.Add(1)
				defer running.Add(-1)
				<-gate
				return v
			})
			synctest.Wait()
			if got := running.Load(); got != int64(workers) {
				t.Errorf("with %d workers and nine values, %d calls of f are running at the same time", workers, got)
			}
			close(gate)
			if got := len(collect(out)); got != 9 {
				t.Errorf("nine values went in and %d came out", got)
			}
		})
	}
}

func TestMapWithOneWorkerKeepsTheOrder(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := collect(pipeline.Map(ctx, source(ctx, upTo(30)...), 1, func(v int) int { return v }))
	if !slices.Equal(got, upTo(30)) {
		t.Errorf("one worker made %v of 1 to 30", got)
	}
}

func TestNoHoarding(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		in, taken := countingSource(ctx, upTo(50)...)
		out := pipeline.Map(ctx, in, 3, double)
		synctest.Wait()
		if got := taken.Load(); got > 4 {
			t.Errorf("nobody receives from Map with three workers, and it has taken %d values: the source should wait", got)
		}
		if got := len(collect(out)); got != 50 {
			t.Errorf("50 values went into Map and %d came out", got)
		}

		in, taken = countingSource(ctx, upTo(50)...)
		other, takenToo := countingSource(ctx, upTo(50)...)
		merged := pipeline.Merge(ctx, in, other)
		synctest.Wait()
		if got := taken.Load() + takenToo.Load(); got > 3 {
			t.Errorf("nobody receives from Merge with two inputs, and it has taken %d values", got)
		}
		if got := len(collect(merged)); got != 100 {
			t.Errorf("100 values went into Merge and %d came out", got)
		}

		in, taken = countingSource(ctx, upTo(50)...)
		batches := pipeline.Batch(ctx, in, 5, time.Hour)
		synctest.Wait()
		if got := taken.Load(); got > 6 {
			t.Errorf("nobody receives from Batch of size 5, and it has taken %d values", got)
		}
		if got := len(collect(batches)); got != 10 {
			t.Errorf("50 values make %d batches of five", got)
		}
	})
}

func TestSilentInputHoldsNobodyUp(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		silent := make(chan int)
		out := pipeline.Merge(ctx, silent, source(ctx, 1, 2, 3), silent)
		for want := 1; want <= 3; want++ {
			synctest.Wait()
			select {
			case got, open := <-out:
				if got != want || !open {
					t.Fatalf("one of three inputs has values: received (%d, open: %v), want %d", got, open, want)
				}
			default:
				t.Fatalf("one of three inputs has values, the others are silent, and %d does not come out", want)
			}
		}
		if ends(out) {
			t.Error("one of three inputs is closed, and the output is closed: the others may still send")
		}
		close(silent)
		if !ends(out) {
			t.Error("all inputs are closed, and the output is not")
		}
	})
}

func TestMergeOfNothing(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		if !ends(pipeline.Merge[int](ctx)) {
			t.Error("Merge without inputs: the output is not closed")
		}
	})
}

func TestNoBatchIsEmpty(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		if got := collect(pipeline.Batch(ctx, source(ctx), 3, time.Second)); len(got) != 0 {
			t.Errorf("no values, and the batches %v", got)
		}
		got := collect(pipeline.Batch(ctx, source(ctx, upTo(6)...), 3, time.Second))
		if want := [][]int{{1, 2, 3}, {4, 5, 6}}; !equalBatches(got, want) {
			t.Errorf("1 to 6 in batches of three are %v, want %v", got, want)
		}
		in := make(chan int)
		out := pipeline.Batch(ctx, in, 3, time.Second)
		time.Sleep(time.Minute)
		select {
		case batch, open := <-out:
			t.Errorf("nothing came for a minute, and there is a batch: %v (open: %v)", batch, open)
		default:
		}
		close(in)
		if !ends(out) {
			t.Error("the input is closed, and the output is not")
		}
	})
}

// A full batch goes early; its time must not hurry the next one.
func TestEachBatchHasItsOwnTime(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		in := make(chan int, 10)
		begin := time.Now()
		out := pipeline.Batch(ctx, in, 3, 5*time.Second)
		go func() {
			for value := range 4 {
				in <- value
				time.Sleep(time.Second)
			}
		}()
		first, second := <-out, <-out
		if at := time.Since(begin); !slices.Equal(first, []int{0, 1, 2}) || !slices.Equal(second, []int{3}) || at != 8*time.Second {
			t.Errorf("0, 1, 2, 3 came at 0s, 1s, 2s, 3s, three make a batch, and a batch waits for 5s after its first value: batches %v and %v, the second at %v, want 8s", first, second, at)
		}
		time.Sleep(time.Minute)
		in <- 4
		third := <-out
		if at := time.Since(begin); !slices.Equal(third, []int{4}) || at != 73*time.Second {
			t.Errorf("after a quiet minute a value came at 68s: batch %v at %v, want [4] at 73s", third, at)
		}
	})
}

func TestAllStagesTogether(t *testing.T) {
	for range 10 {
		ctx, cancel := context.WithCancel(t.Context())
		readings := pipeline.Merge(ctx, source(ctx, upTo(15)...), source(ctx, upTo(15)...), source(ctx, upTo(15)...))
		sum, count := 0, 0
		for batch := range pipeline.Batch(ctx, pipeline.Map(ctx, readings, 4, double), 4, time.Hour) {
			if len(batch) > 4 || len(batch) == 0 {
				t.Errorf("a batch of at most four has %d values", len(batch))
			}
			for i := range batch {
				sum += batch[i]
				batch[i] = 0 // it is ours
				count++
			}
		}
		cancel()
		if count != 45 || sum != 3*240 {
			t.Fatalf("45 values with the sum 360 were doubled: %d values with the sum %d came out", count, sum)
		}
	}
}
