package pages

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"
)

func TestAllKeepsOrderAndLimit(t *testing.T) {
	var running atomic.Int32
	items, err := All(t.Context(), func(_ context.Context, page int) ([]string, error) {
		if n := running.Add(1); n > 3 {
			t.Errorf("%d fetches at a time, want at most 3", n)
		}
		defer running.Add(-1)
		time.Sleep(time.Duration(page%3) * time.Millisecond)
		return []string{fmt.Sprint(page)}, nil
	}, 10, 3)
	if err != nil || len(items) != 10 {
		t.Fatalf("got %v, %v", items, err)
	}
	for i, item := range items {
		if item != fmt.Sprint(i) {
			t.Errorf("item %d is %s", i, item)
		}
	}
}

func TestAllStopsAtFirstError(t *testing.T) {
	errDown := errors.New("server is down")
	_, err := All(t.Context(), func(ctx context.Context, page int) ([]string, error) {
		if page == 2 {
			return nil, errDown
		}
		<-ctx.Done()
		return nil, ctx.Err()
	}, 10, 3)
	if !errors.Is(err, errDown) {
		t.Errorf("error %v, want %v", err, errDown)
	}
}
