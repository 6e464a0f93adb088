package graceful_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func TestDeafHandlerIsNotWaitedFor(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := open(t.Context(), func(w http.ResponseWriter, _ *http.Request) {
			time.Sleep(time.Minute)
			io.WriteString(w, "much too late")
		}, 3*sec)
		order := s.order()
		s.until(1 * sec)
		s.stop()
		s.mustEnd(t, "told to stop at 1s, with a grace of 3s and a handler that takes a minute and does not listen", 4*sec, context.DeadlineExceeded)
		if got := <-order; got.err == nil || got.at > 5*sec {
			t.Errorf("the grace was over at 4s, and the client of a handler that does not listen got %q at %v with the error %v: its connection should be closed", got.body, got.at, got.err)
		}
	})
}

func TestListenerFails(t *testing.T) {
	for _, busy := range []bool{false, true} {
		inBubble(t, func(t *testing.T) {
			broken := errors.New("no more file descriptors")
			var cancelled bool
			s := open(t.Context(), func(_ http.ResponseWriter, r *http.Request) {
				select {
				case <-r.Context().Done():
					cancelled = true
				case <-time.After(10 * time.Minute):
				}
			}, time.Minute)
			defer s.stop()
			if busy {
				s.order()
			}
			s.until(2 * sec)
			s.l.err = broken
			s.l.Close()
			synctest.Wait()
			select {
			case <-s.ended:
			default:
				t.Fatal("the listener has failed and nobody will come any more: Run should return, without waiting for its context")
			}
			s.mustEnd(t, "the listener failed at 2s", 2*sec, broken)
			if busy && !cancelled {
				t.Error("the listener failed and Run has returned, and the context of a request is not cancelled")
			}
		})
	}
}

func TestRequestsHaveTheValuesOfTheContext(t *testing.T) {
	type key struct{}
	inBubble(t, func(t *testing.T) {
		s := open(context.WithValue(t.Context(), key{}, "eu-7"), func(w http.ResponseWriter, r *http.Request) {
			region, _ := r.Context().Value(key{}).(string)
			io.WriteString(w, region)
		}, sec)
		mustAnswer(t, "the handler looks up a value of the context of Run", <-s.order(), "eu-7")
		s.stop()
		s.mustEnd(t, "told to stop at 0s", 0, nil)
	})
}

func TestIdleConnectionsAreClosed(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := open(t.Context(), slow(1*sec), 20*sec)
		conn, err := s.l.dial()
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		io.WriteString(conn, "GET / HTTP/1.1\r\nHost: shop\r\n\r\n")
		reader := bufio.NewReader(conn)
		response, err := http.ReadResponse(reader, nil)
		if err != nil {
			t.Fatalf("a request on a connection that is kept: %v", err)
		}
		io.Copy(io.Discard, response.Body)
		s.until(10 * sec)
		s.stop()
		s.mustEnd(t, "told to stop at 10s, with one idle connection", 10*sec, nil)
		if _, err := reader.ReadByte(); err == nil {
			t.Error("an idle connection got another byte instead of its end")
		}
	})
}

// Some requests finish in time and others do not.
func TestGraceEndsInTheMiddle(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		takes := make(chan time.Duration, 3)
		s := open(t.Context(), func(w http.ResponseWriter, r *http.Request) { slow(<-takes)(w, r) }, 4*sec)
		takes <- 3 * sec
		quick := s.order()
		takes <- 60 * sec
		endless := s.order()
		s.until(1 * sec)
		s.stop()
		s.mustEnd(t, "told to stop at 1s with a grace of 4s, one order takes 3s and one a minute", 5*sec, context.DeadlineExceeded)
		mustAnswer(t, "an order that took 3s", <-quick, "sold")
		if got := <-endless; got.body == "sold" {
			t.Error("an order that takes a minute was answered, although the grace was over after 5s")
		}
	})
}

func TestManyOrdersFinish(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		takes := make(chan time.Duration, 8)
		s := open(t.Context(), func(w http.ResponseWriter, r *http.Request) { slow(<-takes)(w, r) }, 20*sec)
		var orders []<-chan answer
		for i := range 8 {
			takes <- time.Duration(2+i) * sec
			orders = append(orders, s.order())
		}
		s.until(1 * sec)
		s.stop()
		for _, order := range orders {
			mustAnswer(t, "one of eight orders that were being served at last orders", <-order, "sold")
		}
		s.mustEnd(t, "the last of eight orders ended at 9s", 9*sec, nil)
	})
}
