package saga_test

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/saga"
)

// slowFor is a world in which the payment of one id takes until it is let go.
type slowFor struct {
	*world
	id     string
	letGo  chan struct{}
	paying chan struct{}
	once   sync.Once
}

func (s *slowFor) Pay(ctx context.Context, id string) error {
	if id == s.id {
		s.once.Do(func() { close(s.paying) })
		<-s.letGo
	}
	return s.world.Pay(ctx, id)
}

// Outside a bubble, where a goroutine that waits for a mutex is proved to wait for ever.
func TestBookingsDoNotWaitForEachOther(t *testing.T) {
	s := &slowFor{world: newWorld(t), id: "slow", letGo: make(chan struct{}), paying: make(chan struct{})}
	c := saga.New(s, patient)
	var wg sync.WaitGroup
	wg.Go(func() {
		expectErr(t, "a slow payment", c.Book(traced(t), "slow"), nil)
		s.once.Do(func() {
			t.Error("Book has returned and Pay was never called")
			close(s.paying)
		})
	})
	<-s.paying
	expectErr(t, "a booking while another one is paying", c.Book(traced(t), "quick"), nil)
	close(s.letGo)
	wg.Wait()
}

func TestWhatGoesWrong(t *testing.T) {
	for _, test := range []struct {
		situation string
		paid      bool
		errs      map[string][]error
		calls     []string
		match     []error
	}{
		{"Reserve is refused", false, map[string][]error{"Reserve": {refused}},
			[]string{"Reserve"}, []error{refused}},
		{"Reserve times out: the seats may be held", false, map[string][]error{"Reserve": {errTimeout}},
			[]string{"Reserve", "Release"}, []error{errTimeout}},
		{"Pay is refused, Release works at the third attempt", false, map[string][]error{"Pay": {refused}, "Release": {errDown, errTimeout}},
			[]string{"Reserve", "Pay", "Release", "Release", "Release"}, []error{refused}},
		{"Pay is refused, Release never works", false, map[string][]error{"Pay": {refused}, "Release": {errDown, errDown, errTimeout, nil}},
			[]string{"Reserve", "Pay", "Release", "Release", "Release"}, []error{saga.ErrUnsettled, errTimeout}},
		{"Pay times out, Payment answers at the third attempt that the money was taken", true, map[string][]error{"Pay": {errTimeout}, "Payment": {errDown, errDown}},
			[]string{"Reserve", "Pay", "Payment", "Payment", "Payment", "Confirm"}, []error{nil}},
		{"Pay times out, Payment answers at the second attempt that it was not", false, map[string][]error{"Pay": {errTimeout}, "Payment": {errDown}},
			[]string{"Reserve", "Pay", "Payment", "Payment", "Release"}, []error{errTimeout}},
		{"Pay times out, Payment never answers", true, map[string][]error{"Pay": {errTimeout}, "Payment": {errDown, errDown, errDown, nil}},
			[]string{"Reserve", "Pay", "Payment", "Payment", "Payment"}, []error{saga.ErrUnsettled, errDown}},
		{"Confirm is refused", false, map[string][]error{"Confirm": {refused}},
			[]string{"Reserve", "Pay", "Confirm", "Refund", "Release"}, []error{refused}},
		{"Confirm works at the third attempt", false, map[string][]error{"Confirm": {errDown, errDown}},
			[]string{"Reserve", "Pay", "Confirm", "Confirm", "Confirm"}, []error{nil}},
		{"Confirm never works", false, map[string][]error{"Confirm": {errDown, errDown, errTimeout, nil}},
			[]string{"Reserve", "Pay", "Confirm", "Confirm", "Confirm", "Refund", "Release"}, []error{errTimeout}},
		{"Confirm is refused at the second attempt, Refund works at the second", false, map[string][]error{"Confirm": {errDown, refused}, "Refund": {errDown}},
			[]string{"Reserve", "Pay", "Confirm", "Confirm", "Refund", "Refund", "Release"}, []error{refused}},
		{"Confirm is refused, Refund never works", false, map[string][]error{"Confirm": {refused}, "Refund": {errDown, errDown, errDown, nil}},
			[]string{"Reserve", "Pay", "Confirm", "Refund", "Refund", "Refund"}, []error{saga.ErrUnsettled, errDown}},
		{"Pay times out but was done, Confirm is refused", true, map[string][]error{"Pay": {errTimeout}, "Confirm": {refused}},
			[]string{"Reserve", "Pay", "Payment", "Confirm", "Refund", "Release"}, []error{refused}},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			w.errs, w.paid = test.errs, test.paid
			c := saga.New(w, patient)
			err := c.Book(traced(t), "A")
			expectErr(t, test.situation, err, test.match...)
			w.expect(test.situation, test.calls...)
			if again := c.Book(traced(t), "A"); (again == nil) != (err == nil) {
				t.Errorf("%s: Book returned %v, and for the same id again %v", test.situation, err, again)
			}
			w.expect(test.situation+", and the same id was booked again", test.calls...)
		})
	}
}

func TestUndoingIsNotRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.errs["Confirm"] = []error{refused}
		w.errs["Release"] = []error{errDown}
		expectErr(t, "Confirm is refused, Release works at the second attempt", saga.New(w, patient).Book(traced(t), "A"), refused)
		w.expect("Confirm is refused, Release works at the second attempt", "Reserve", "Pay", "Confirm", "Refund", "Release", "Release")
	})
}

func TestPauseBetweenAttempts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		w.errs["Confirm"] = []error{errDown, errDown, errDown}
		w.errs["Refund"] = []error{errDown}
		expectErr(t, "Confirm never works", saga.New(w, patient).Book(traced(t), "A"), errDown)
		const s = time.Second
		want := []time.Duration{0, 0, 0, 2 * s, 4 * s, 4 * s, 6 * s, 6 * s}
		if !slices.Equal(w.at, want) {
			t.Errorf("the calls %v were made at %v, want %v: Pause is 2s, and between two attempts of the same call only", w.calls, w.at, want)
		}
	})
}

func TestCallerGoesHome(t *testing.T) {
	for _, test := range []struct {
		during string // the call in the middle of which the caller goes
		errs   map[string][]error
		calls  []string
		match  error
	}{
		{"Reserve", nil, []string{"Reserve", "Release"}, context.Canceled},
		{"Reserve", map[string][]error{"Reserve": {context.Canceled}}, []string{"Reserve", "Release"}, context.Canceled},
		{"Pay", nil, []string{"Reserve", "Pay", "Confirm"}, nil},
		{"Pay", map[string][]error{"Pay": {context.Canceled}}, []string{"Reserve", "Pay", "Payment", "Release"}, context.Canceled},
		{"Pay", map[string][]error{"Pay": {refused}, "Release": {errDown}}, []string{"Reserve", "Pay", "Release", "Release"}, refused},
		{"Confirm", map[string][]error{"Confirm": {errDown, refused}}, []string{"Reserve", "Pay", "Confirm", "Confirm", "Refund", "Release"}, refused},
	} {
		synctest.Test(t, func(t *testing.T) {
			w := newWorld(t)
			ctx, cancel := context.WithCancel(traced(t))
			defer cancel()
			if test.errs != nil {
				w.errs = test.errs
			}
			w.during[test.during] = cancel
			situation := "the caller's context ended in the middle of " + test.during
			expectErr(t, situation, saga.New(w, patient).Book(ctx, "A"), test.match)
			w.expect(situation, test.calls...)
		})
	}
}

func TestSameIDAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, result := range []error{nil, refused} {
			w := newWorld(t)
			gate := make(chan struct{})
			w.during["Pay"] = func() { <-gate }
			w.errs["Pay"] = []error{result}
			c := saga.New(w, patient)
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() { expectErr(t, "one of 4 calls for the same id at once", c.Book(traced(t), "A"), result) })
			}
			synctest.Wait()
			w.expect("the same id was booked 4 times at once, and Pay takes long", "Reserve", "Pay")
			close(gate)
			wg.Wait()
		}
	})
}

func TestImpatientSecondCaller(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		gate := make(chan struct{})
		var payments atomic.Int64
		w.during["Pay"] = func() {
			if payments.Add(1) == 1 {
				<-gate
			}
		}
		c := saga.New(w, patient)
		var wg sync.WaitGroup
		wg.Go(func() { expectErr(t, "the first call", c.Book(traced(t), "A"), nil) })
		synctest.Wait()
		ctx, cancel := context.WithTimeout(traced(t), time.Second)
		defer cancel()
		begin := time.Now()
		expectErr(t, "a second call for an id that is being booked, whose context ends after 1s", c.Book(ctx, "A"), context.DeadlineExceeded)
		if took := time.Since(begin); took != time.Second {
			t.Errorf("its context ended after 1s, and the second call returned after %v", took)
		}
		close(gate)
		wg.Wait()
		w.expect("the second caller has given up, the first has not", "Reserve", "Pay", "Confirm")
	})
}

func TestManyBookings(t *testing.T) {
	w := newWorld(t)
	c := saga.New(w, patient)
	var wg sync.WaitGroup
	for _, id := range []string{"A", "B", "C", "D", "E", "F", "A", "B", "C", "D", "E", "F"} {
		wg.Go(func() {
			if err := c.Book(traced(t), id); err != nil {
				t.Errorf("Book returned %v although all services work", err)
			}
		})
	}
	wg.Wait()
	if n := len(w.calls); n != 18 {
		t.Errorf("6 ids were booked twice each at once: the services were called %d times, want 3 times for each id", n)
	}
}
