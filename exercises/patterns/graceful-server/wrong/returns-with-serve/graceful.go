// Package graceful serves HTTP until it is told to stop, and then lets everybody finish.
package graceful

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Run serves the requests that come in through l with h until ctx is done. Then it accepts no more, and waits up to
// grace for those that are being served.
func Run(ctx context.Context, l net.Listener, h http.Handler, grace time.Duration) error {
	// Requests outlive ctx, but not Run.
	requests, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	server := &http.Server{
		Handler:     h,
		BaseContext: func(net.Listener) context.Context { return requests },
	}
	go func() {
		<-ctx.Done()
		last, over := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer over()
		if server.Shutdown(last) != nil {
			cancel()
			server.Close()
		}
	}()
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("graceful: serving: %w", err)
	}
	return nil
}
