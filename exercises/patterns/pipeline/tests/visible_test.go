package pipeline_test

import (
	"context"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/pipeline"
)

// source sends the values and closes its channel. It ends with ctx in any case.
func source(ctx context.Context, values ...int) <-chan int {
	out, _ := countingSource(ctx, values...)
	return out
}

// countingSource also tells how many of its values were taken.
func countingSource(ctx context.Context, values ...int) (<-chan int, *atomic.Int64) {
	out := make(chan int)
	var taken atomic.Int64
	go func() {
		for _, value := range values {
			select {
			case out <- value:
				taken.Add(1)
			case <-ctx.Done():
				return // and the channel stays open
			}
		}
		close(out)
	}()
	return out, &taken
}

func upTo(n int) []int {
	values := make([]int, n)
	for i := range values {
		values[i] = i + 1
	}
	return values
}

func collect[T any](in <-chan T) []T {
	var all []T
	for value := range in {
		all = append(all, value)
	}
	return all
}

func double(v int) int { return 2 * v }

// inBubble runs a test in which time is virtual. Its context is cancelled at the end, and then no goroutine may stay.
func inBubble(t *testing.T, test func(t *testing.T, ctx context.Context, cancel context.CancelFunc)) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(context.Background())
		defer time.Sleep(time.Hour) // virtual: whoever sleeps wakes up and sees the end
		defer cancel()
		test(t, ctx, cancel)
	})
}

func TestMapAppliesToEveryValue(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := collect(pipeline.Map(ctx, source(ctx, upTo(20)...), 4, double))
	slices.Sort(got) // in any order
	want := upTo(20)
	for i := range want {
		want[i] *= 2
	}
	if !slices.Equal(got, want) {
		t.Errorf("the values 1 to 20 doubled are %v, want %v", got, want)
	}
}

func TestMergeHandsOnEverything(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	got := collect(pipeline.Merge(ctx, source(ctx, 1, 2, 3), source(ctx, 11, 12), source(ctx), source(ctx, 21, 22, 23, 24)))
	for i, want := range [][]int{{1, 2, 3}, {11, 12}, {21, 22, 23, 24}} {
		var of []int
		for _, value := range got {
			if value/10 == i {
				of = append(of, value)
			}
		}
		if !slices.Equal(of, want) {
			t.Errorf("an input had the values %v, and of them %v came out, in this order", want, of)
		}
	}
	if len(got) != 9 {
		t.Errorf("nine values went in and %d came out: %v", len(got), got)
	}
}

func equalBatches(a, b [][]int) bool {
	return slices.EqualFunc(a, b, func(x, y []int) bool { return slices.Equal(x, y) })
}

func TestBatchBySize(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		got := collect(pipeline.Batch(ctx, source(ctx, upTo(7)...), 3, time.Hour))
		if want := [][]int{{1, 2, 3}, {4, 5, 6}, {7}}; !equalBatches(got, want) {
			t.Errorf("1 to 7 in batches of three are %v, want %v", got, want)
		}
	})
}

func TestBatchByTime(t *testing.T) {
	inBubble(t, func(t *testing.T, ctx context.Context, _ context.CancelFunc) {
		in := make(chan int)
		begin := time.Now()
		go func() {
			defer close(in)
			for _, one := range []struct {
				at    time.Duration
				value int
			}{{7 * time.Second, 1}, {10 * time.Second, 2}, {20 * time.Second, 3}} {
				time.Sleep(one.at - time.Since(begin))
				select {
				case in <- one.value:
				case <-ctx.Done():
					return
				}
			}
			time.Sleep(time.Minute)
		}()
		out := pipeline.Batch(ctx, in, 10, 5*time.Second)
		for _, want := range []struct {
			batch []int
			at    time.Duration
		}{{[]int{1, 2}, 12 * time.Second}, {[]int{3}, 25 * time.Second}} {
			got := <-out
			if at := time.Since(begin); !slices.Equal(got, want.batch) || at != want.at {
				t.Errorf("values came at 7s, 10s and 20s, and a batch may wait for 5s: at %v there was %v, want %v at %v", at, got, want.batch, want.at)
			}
		}
		if rest, open := <-out; open {
			t.Errorf("all values had come, the input was closed, and there was another batch: %v", rest)
		}
	})
}
