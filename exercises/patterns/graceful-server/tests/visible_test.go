package graceful_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/graceful"
)

// listener accepts connections that exist in memory only, so that a test can run in virtual time.
type listener struct {
	conns  chan net.Conn
	closed chan struct{}
	left   chan struct{} // closed when Run has returned: nobody accepts any more
	once   sync.Once
	err    error // why it was closed
}

func newListener() *listener {
	return &listener{conns: make(chan net.Conn), closed: make(chan struct{}), left: make(chan struct{}), err: net.ErrClosed}
}

func (l *listener) Accept() (net.Conn, error) {
	select {
	case <-l.closed:
		return nil, l.err
	default:
	}
	select {
	case conn := <-l.conns:
		return conn, nil
	case <-l.closed:
		return nil, l.err
	}
}

func (l *listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

func (l *listener) Addr() net.Addr { return &net.UnixAddr{Name: "memory", Net: "memory"} }

var errRefused = errors.New("connection refused")

func (l *listener) dial() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.conns <- theirs:
		return ours, nil
	case <-l.closed:
	case <-l.left:
	}
	return nil, errRefused
}

// shop is a server under test.
type shop struct {
	l      *listener
	begin  time.Time
	stop   context.CancelFunc
	ended  chan struct{} // closed when Run has returned
	err    error         // what it returned
	endsAt time.Duration
}

func open(ctx context.Context, h http.HandlerFunc, grace time.Duration) *shop {
	ctx, stop := context.WithCancel(ctx)
	s := &shop{l: newListener(), begin: time.Now(), stop: stop, ended: make(chan struct{})}
	go func() {
		s.err = graceful.Run(ctx, s.l, h, grace)
		s.endsAt = time.Since(s.begin)
		close(s.l.left)
		close(s.ended)
	}()
	synctest.Wait()
	return s
}

// until sleeps until so much virtual time has passed since the shop was opened.
func (s *shop) until(at time.Duration) {
	time.Sleep(at - time.Since(s.begin))
	synctest.Wait()
}

type answer struct {
	body string
	err  error
	at   time.Duration
}

// order makes a request on a connection of its own.
func (s *shop) order() <-chan answer {
	got := make(chan answer, 1)
	go func() {
		client := &http.Client{Transport: &http.Transport{
			DisableKeepAlives: true,
			DialContext:       func(context.Context, string, string) (net.Conn, error) { return s.l.dial() },
		}}
		var body strings.Builder
		response, err := client.Get("http://shop/")
		if err == nil {
			_, err = io.Copy(&body, response.Body)
			response.Body.Close()
		}
		got <- answer{body.String(), err, time.Since(s.begin)}
	}()
	synctest.Wait()
	return got
}

func (s *shop) isClosed() bool {
	select {
	case <-s.l.closed:
		return true
	default:
		return false
	}
}

// mustEnd waits for the end of Run, which may come up to a second later than at.
func (s *shop) mustEnd(t *testing.T, what string, at time.Duration, want error) {
	t.Helper()
	<-s.ended
	if s.endsAt < at || s.endsAt > at+time.Second {
		t.Errorf("%s: Run returned at %v, want %v", what, s.endsAt, at)
	}
	if !errors.Is(s.err, want) {
		t.Errorf("%s: Run returned the error %v, want %v", what, s.err, want)
	}
	if !s.isClosed() {
		t.Errorf("%s: Run has returned, and the listener is not closed", what)
	}
}

func mustAnswer(t *testing.T, what string, got answer, want string) {
	t.Helper()
	if got.err != nil || got.body != want {
		t.Errorf("%s: the client got %q and the error %v, want %q", what, got.body, got.err, want)
	}
}

// inBubble runs a test in virtual time. In the end no goroutine may be left.
func inBubble(t *testing.T, test func(t *testing.T)) {
	synctest.Test(t, func(t *testing.T) {
		defer time.Sleep(time.Hour) // virtual: whoever still sleeps comes to an end
		test(t)
	})
}

const sec = time.Second

func slow(takes time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-time.After(takes):
			io.WriteString(w, "sold")
		case <-r.Context().Done():
			io.WriteString(w, "cancelled")
		}
	}
}

func TestServesUntilToldToStop(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := open(t.Context(), slow(2*sec), 10*sec)
		defer s.stop()
		first, second := s.order(), s.order()
		mustAnswer(t, "the first order", <-first, "sold")
		mustAnswer(t, "an order at the same time", <-second, "sold")
		if at := time.Since(s.begin); at != 2*sec {
			t.Errorf("two orders of 2s came at the same time and were answered after %v", at)
		}
		s.until(60 * sec)
		select {
		case <-s.ended:
			t.Fatalf("nobody has told Run to stop, and it returned the error %v", s.err)
		default:
		}
		s.stop()
		s.mustEnd(t, "told to stop at 60s, without requests", 60*sec, nil)
	})
}

func TestRequestsFinish(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := open(t.Context(), slow(5*sec), 10*sec)
		order := s.order()
		s.until(1 * sec)
		s.stop()
		synctest.Wait()
		if !s.isClosed() {
			t.Error("Run was told to stop, and the listener is still open")
		}
		late := <-s.order()
		if late.err == nil {
			t.Errorf("an order after last orders was answered: %q", late.body)
		}
		got := <-order
		mustAnswer(t, "an order from 0s to 5s, Run is told to stop at 1s", got, "sold")
		s.mustEnd(t, "the last order is answered at 5s", 5*sec, nil)
	})
}

func TestGraceIsLimited(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		cancelledAt := time.Duration(-1)
		begin := time.Now()
		s := open(t.Context(), func(_ http.ResponseWriter, r *http.Request) {
			select {
			case <-r.Context().Done():
				cancelledAt = time.Since(begin)
			case <-time.After(10 * time.Minute):
			}
		}, 3*sec)
		order := s.order()
		s.until(1 * sec)
		s.stop()
		s.mustEnd(t, "told to stop at 1s, with a grace of 3s and an order that would take ten minutes", 4*sec, context.DeadlineExceeded)
		<-order
		if synctest.Wait(); cancelledAt != 4*sec {
			t.Errorf("the context of the order was cancelled at %v, want 4s", cancelledAt)
		}
	})
}
