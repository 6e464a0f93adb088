// Package graceful serves HTTP until it is told to stop, and then lets everybody finish.
package graceful

import (
	"context"
	"errors"
	"net"
	"net/http"
	"time"
)

// Run serves the requests that come in through l with h until ctx is done. Then it accepts no more, and waits up to
// grace for those that are being served.
func Run(ctx context.Context, l net.Listener, h http.Handler, grace time.Duration) error {
	return errors.New("not written yet")
}
