package ctx

import (
	"context"
	"testing"
)

func TestContext(t *testing.T) {
	ctx := t.Context()
	done := make(chan error)
	go func() {
		<-ctx.Done()
		done <- context.Cause(ctx)
	}()
	t.Cleanup(func() { t.Log("ends just before the cleanups:", <-done) })
	t.Log("alive in the body:", ctx.Err())
}

func TestDeadline(t *testing.T) {
	_, limited := t.Deadline()
	t.Log("limited:", limited)
}
