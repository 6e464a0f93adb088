// Package graceful serves HTTP until it is told to stop, and then lets everybody finish.
package graceful

import (
	"context"
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
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()

	<-ctx.Done()
	last, over := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer over()
	err := server.Shutdown(last)
	if err != nil {
		cancel()
		server.Close()
		err = fmt.Errorf("graceful: requests were cut off: %w", err)
	}
	<-served // http.ErrServerClosed, since Shutdown began
	return err
}
