package office_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/office"
)

// Not in a bubble, where a goroutine that waits for a mutex cannot be proved to wait for ever.
func TestNobodyWaitsForTheLogOfOthers(t *testing.T) {
	o, j := hamlet(t, 10)
	expect(t, "Open of another show", o.Open(t.Context(), "macbeth", 10), nil)
	for _, slow := range []*func(string){&j.beforeRead, &j.afterRead, &j.beforeAppend} {
		inside, letGo := make(chan struct{}), make(chan struct{})
		var once sync.Once
		j.set(func() {
			*slow = func(string) {
				first := false
				once.Do(func() { first = true })
				if first {
					close(inside)
					<-letGo
				}
			}
		})
		var wg sync.WaitGroup
		wg.Go(func() {
			expect(t, "a booking with a slow log", o.Book(t.Context(), "hamlet", "slow", 1), nil)
		})
		<-inside
		expect(t, "a booking of another show meanwhile", o.Book(t.Context(), "macbeth", "quick", 1), nil)
		expect(t, "a booking of the same show meanwhile", o.Book(t.Context(), "hamlet", "quick", 1), nil)
		if _, err := o.At(t.Context(), "hamlet", 1); err != nil {
			t.Errorf("At meanwhile: %v", err)
		}
		close(letGo)
		wg.Wait()
		j.set(func() { *slow = nil })
		expect(t, "a cancellation", o.Cancel(t.Context(), "hamlet", "slow"), nil)
		expect(t, "a cancellation", o.Cancel(t.Context(), "hamlet", "quick"), nil)
		expect(t, "a cancellation", o.Cancel(t.Context(), "macbeth", "quick"), nil)
	}
}

func TestUnknownShows(t *testing.T) {
	j := newJournal()
	o := office.New(j, 3)
	expect(t, "Book of an unknown show", o.Book(t.Context(), "ghost", "A", 1), office.ErrNoShow)
	expect(t, "Cancel of an unknown show", o.Cancel(t.Context(), "ghost", "A"), office.ErrNoShow)
	_, err := o.State(t.Context(), "ghost")
	expect(t, "State of an unknown show", err, office.ErrNoShow)
	_, err = o.At(t.Context(), "ghost", 1)
	expect(t, "At of an unknown show", err, office.ErrNoShow)
	if j.writes != 0 {
		t.Error("something was appended to a show that does not exist")
	}
}

func TestDecidesAgainAfterAConflict(t *testing.T) {
	for _, test := range []struct {
		faster []office.Event
		want   error
		state  office.State
	}{
		{[]office.Event{booked("X", 8)}, office.ErrSoldOut, office.State{Version: 2, Capacity: 10, Bookings: seats{"X": 8}}},
		{[]office.Event{booked("A", 4)}, nil, office.State{Version: 2, Capacity: 10, Bookings: seats{"A": 4}}},
		{[]office.Event{booked("A", 5)}, office.ErrMismatch, office.State{Version: 2, Capacity: 10, Bookings: seats{"A": 5}}},
		{[]office.Event{booked("X", 3), booked("Y", 3)}, nil, office.State{Version: 4, Capacity: 10, Bookings: seats{"X": 3, "Y": 3, "A": 4}}},
	} {
		o, j := hamlet(t, 10)
		var once sync.Once
		j.set(func() {
			j.beforeAppend = func(show string) { once.Do(func() { j.write(show, test.faster...) }) }
		})
		did := fmt.Sprintf("Book(A, 4) of 10 seats, and %+v came in between", test.faster)
		expect(t, did, o.Book(t.Context(), "hamlet", "A", 4), test.want)
		expectState(t, did, o, test.state)
	}
}

// Another program books the last seats whenever the office has read for the first time.
func TestLastSeatAtTheLastMoment(t *testing.T) {
	o, j := hamlet(t, 10)
	var once sync.Once
	j.set(func() {
		j.afterRead = func(show string) { once.Do(func() { j.write(show, booked("X", 9)) }) }
	})
	expect(t, "2 of 10 seats, and 9 were sold right after the read", o.Book(t.Context(), "hamlet", "A", 2), office.ErrSoldOut)
	expectState(t, "9 of 10 seats were sold to somebody else", o, office.State{Version: 2, Capacity: 10, Bookings: seats{"X": 9}})
}

func TestGivesUpAfterSomeConflicts(t *testing.T) {
	o, j := hamlet(t, 1000)
	worn := errors.New("the log has had enough of it")
	n := 0
	j.set(func() {
		j.writes = 0
		j.beforeAppend = func(show string) {
			j.write(show, booked(fmt.Sprint("X", n), 1))
			if n++; n == 20 {
				j.set(func() { j.appendErr = worn })
			}
		}
	})
	expect(t, "somebody is always faster, 3 attempts", o.Book(t.Context(), "hamlet", "A", 1), office.ErrBusy)
	if j.writes != 3 {
		t.Errorf("somebody is always faster, and Append was called %d times with 3 attempts", j.writes)
	}
}

func TestErrorsOfTheLog(t *testing.T) {
	o, j := hamlet(t, 10)
	down := errors.New("log is down")
	j.set(func() { j.appendErr = down })
	expect(t, "Book while Append fails", o.Book(t.Context(), "hamlet", "A", 4), down)
	if j.writes != 2 {
		t.Errorf("Append failed with another error than ErrConflict, and it was called %d times, want once", j.writes-1)
	}
	expectState(t, "a booking that the log has not accepted", o, office.State{Version: 1, Capacity: 10, Bookings: seats{}})
	j.set(func() { j.appendErr, j.readErr = nil, down })
	expect(t, "Book while Read fails", o.Book(t.Context(), "hamlet", "A", 4), down)
	_, err := o.State(t.Context(), "hamlet")
	expect(t, "State while Read fails", err, down)
	_, err = o.At(t.Context(), "hamlet", 1)
	expect(t, "At while Read fails", err, down)
	j.set(func() { j.readErr = nil })
	expect(t, "10 of 10 seats", o.Book(t.Context(), "hamlet", "B", 10), nil)
}

func TestUnknownEventsCount(t *testing.T) {
	o, j := hamlet(t, 10)
	j.write("hamlet", office.Event{Kind: "renamed", Booking: "A", Seats: 7}, office.Event{Kind: "rated", Seats: 5})
	expect(t, "a booking after two events of unknown kinds", o.Book(t.Context(), "hamlet", "A", 4), nil)
	expectState(t, "opened, two events of unknown kinds, booked", o, office.State{Version: 4, Capacity: 10, Bookings: seats{"A": 4}})
}

func TestNothingIsReadTwice(t *testing.T) {
	o, j := hamlet(t, 1000)
	for i := range 100 {
		j.write("hamlet", booked(fmt.Sprint("X", i), 1))
	}
	expectState2(t, o, 101, 100)
	j.set(func() { j.given = 0 })
	for range 5 {
		expectState2(t, o, 101, 100)
	}
	if j.given != 0 {
		t.Errorf("nothing has happened since the office read the last event, and 5 calls of State read %d events", j.given)
	}
	j.write("hamlet", booked("Y", 1))
	expectState2(t, o, 102, 101)
	if j.given != 1 {
		t.Errorf("one event has happened since the office read the last one, and State read %d", j.given)
	}
}

func expectState2(t *testing.T, o *office.Office, version, bookings int) {
	t.Helper()
	s, err := o.State(t.Context(), "hamlet")
	if err != nil || s.Version != version || len(s.Bookings) != bookings {
		t.Errorf("State returned version %d with %d bookings and the error %v, want version %d with %d", s.Version, len(s.Bookings), err, version, bookings)
	}
}

func TestStateBelongsToTheCaller(t *testing.T) {
	o, _ := hamlet(t, 10)
	expect(t, "a booking", o.Book(t.Context(), "hamlet", "A", 4), nil)
	for range 2 {
		s, err := o.State(t.Context(), "hamlet")
		expect(t, "State", err, nil)
		s.Bookings["A"], s.Bookings["mine"] = 1, 2
	}
	expectState(t, "a caller has changed the state that it got", o, office.State{Version: 2, Capacity: 10, Bookings: seats{"A": 4}})
}

func TestTravellersDoNotDisturbThePresent(t *testing.T) {
	o, j := hamlet(t, 10)
	expect(t, "a booking", o.Book(t.Context(), "hamlet", "A", 4), nil)
	expect(t, "a booking", o.Book(t.Context(), "hamlet", "B", 5), nil)
	want := office.State{Version: 3, Capacity: 10, Bookings: seats{"A": 4, "B": 5}}
	expectState(t, "two bookings", o, want)
	_, err := o.At(t.Context(), "hamlet", 1)
	expect(t, "At(1)", err, nil)
	j.set(func() { j.reads = nil })
	expectState(t, "somebody has looked at the past", o, want)
	if len(j.reads) != 1 || j.reads[0] != 3 {
		t.Errorf("the office knew all 3 events, then somebody looked at the past, and State read what comes after %v, want after 3", j.reads)
	}
}

// Three calls get the same events at the same time: as the first ones of a show, and as news.
func TestReadTogetherAppliedOnce(t *testing.T) {
	j := newJournal()
	o := office.New(j, 3)
	j.write("hamlet", office.Event{Kind: office.Opened, Seats: 10})
	want := office.State{Version: 1, Capacity: 10, Bookings: seats{}}
	for _, booking := range []string{"A", "B", "C"} {
		j.write("hamlet", booked(booking, 2), booked(booking+"2", 1))
		want.Version += 2
		want.Bookings[booking], want.Bookings[booking+"2"] = 2, 1
		var here sync.WaitGroup
		here.Add(3)
		var came atomic.Int64
		j.set(func() {
			j.afterRead = func(string) {
				if came.Add(1) <= 3 {
					here.Done()
					here.Wait()
				}
			}
		})
		var wg sync.WaitGroup
		for range 3 {
			wg.Go(func() { expectState(t, "three calls read the same events at the same time", o, want) })
		}
		wg.Wait()
		j.set(func() { j.afterRead = nil })
		expectState(t, "three calls have read the same events at the same time", o, want)
	}
}

// prompter is a log that is only read. It has no lock, so that it puts nothing in an order.
type prompter map[string][]office.Event

func (p prompter) Read(_ context.Context, show string, after int) ([]office.Event, error) {
	all := p[show]
	return all[min(max(after, 0), len(all)):], nil
}

func (prompter) Append(context.Context, string, int, office.Event) error {
	return errors.New("nothing was to be written")
}

func TestTwoShowsAtTheSameTime(t *testing.T) {
	opened := []office.Event{{Version: 1, Kind: office.Opened, Seats: 10}}
	o := office.New(prompter{"hamlet": opened, "macbeth": opened}, 3)
	var both sync.WaitGroup
	for _, show := range []string{"hamlet", "macbeth"} {
		both.Go(func() {
			got, err := o.State(t.Context(), show)
			if err != nil || got.Version != 1 || got.Capacity != 10 {
				t.Errorf("two shows were opened with 10 seats each and asked for at the same time: State of %s = %+v, %v", show, got, err)
			}
		})
	}
	both.Wait()
}

// A slow reader comes back with old news.
func TestOldNewsDoNotReplaceNewOnes(t *testing.T) {
	j := newJournal()
	j.write("hamlet", office.Event{Kind: office.Opened, Seats: 10})
	o := office.New(j, 3)
	inside, letGo := make(chan struct{}), make(chan struct{})
	var once sync.Once
	j.set(func() {
		j.afterRead = func(string) {
			first := false
			once.Do(func() { first = true })
			if first {
				close(inside)
				<-letGo
			}
		}
	})
	var wg sync.WaitGroup
	wg.Go(func() {
		expectState(t, "a slow reader", o, office.State{Version: 1, Capacity: 10, Bookings: seats{}})
		once.Do(func() {
			t.Error("State has returned and the log was never read")
			close(inside)
		})
	})
	<-inside
	j.write("hamlet", booked("A", 4), booked("B", 1))
	want := office.State{Version: 3, Capacity: 10, Bookings: seats{"A": 4, "B": 1}}
	expectState(t, "while a slow reader is on its way", o, want)
	close(letGo)
	wg.Wait()
	j.set(func() { j.reads = nil })
	expectState(t, "a slow reader has come back", o, want)
	if len(j.reads) != 1 || j.reads[0] != 3 {
		t.Errorf("the office knew 3 events, then a slow reader came back with the first one, and State read what comes after %v, want after 3", j.reads)
	}
}

func TestCrowdAtTheCounter(t *testing.T) {
	j := newJournal()
	o := office.New(j, 100)
	expect(t, "Open", o.Open(t.Context(), "hamlet", 10), nil)
	var sold atomic.Int64
	var wg sync.WaitGroup
	gun := make(chan struct{})
	for i := range 15 {
		wg.Go(func() {
			<-gun
			switch err := o.Book(t.Context(), "hamlet", fmt.Sprint("A", i), 1); {
			case err == nil:
				sold.Add(1)
			case !errors.Is(err, office.ErrSoldOut):
				t.Errorf("15 buyers, 10 seats, 100 attempts: Book returned %v", err)
			}
			if _, err := o.State(t.Context(), "hamlet"); err != nil {
				t.Errorf("State returned %v", err)
			}
		})
	}
	close(gun)
	wg.Wait()
	if n := sold.Load(); n != 10 {
		t.Errorf("15 buyers for 10 seats: %d were told that they have one", n)
	}
	expectState2(t, o, 11, 10)
}
