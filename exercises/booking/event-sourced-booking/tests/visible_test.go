package office_test

import (
	"context"
	"errors"
	"maps"
	"slices"
	"sync"
	"testing"

	"sandbox/office"
)

// journal is a log in memory.
type journal struct {
	mu     sync.Mutex
	events map[string][]office.Event
	reads  []int // what the calls of Read wanted the events after
	given  int   // how many events they got
	writes int   // calls of Append

	beforeRead   func(show string) // when a Read has begun
	afterRead    func(show string) // when it has its events
	beforeAppend func(show string)
	readErr      error
	appendErr    error
}

func newJournal() *journal { return &journal{events: map[string][]office.Event{}} }

func (j *journal) Read(ctx context.Context, show string, after int) ([]office.Event, error) {
	call(j.hook(&j.beforeRead), show)
	j.mu.Lock()
	j.reads = append(j.reads, after)
	err := j.readErr
	all := j.events[show]
	found := slices.Clone(all[min(max(after, 0), len(all)):])
	j.given += len(found)
	j.mu.Unlock()
	call(j.hook(&j.afterRead), show)
	if err != nil {
		return nil, err
	}
	return found, nil
}

func (j *journal) Append(ctx context.Context, show string, expected int, event office.Event) error {
	call(j.hook(&j.beforeAppend), show)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.writes++
	if j.appendErr != nil {
		return j.appendErr
	}
	if len(j.events[show]) != expected {
		return office.ErrConflict
	}
	j.add(show, event)
	return nil
}

// add adds an event. j.mu is held.
func (j *journal) add(show string, event office.Event) {
	event.Version = len(j.events[show]) + 1
	j.events[show] = append(j.events[show], event)
}

// write is what another program does.
func (j *journal) write(show string, events ...office.Event) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, e := range events {
		j.add(show, e)
	}
}

func (j *journal) hook(h *func(string)) func(string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return *h
}

func (j *journal) set(change func()) {
	j.mu.Lock()
	defer j.mu.Unlock()
	change()
}

func call(hook func(string), show string) {
	if hook != nil {
		hook(show)
	}
}

func (j *journal) kinds(show string) []office.Kind {
	j.mu.Lock()
	defer j.mu.Unlock()
	var kinds []office.Kind
	for _, e := range j.events[show] {
		kinds = append(kinds, e.Kind)
	}
	return kinds
}

func expect(t *testing.T, did string, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("%s: the error is %v, want %v", did, got, want)
	}
}

func expectState(t *testing.T, when string, o *office.Office, want office.State) {
	t.Helper()
	got, err := o.State(t.Context(), "hamlet")
	if err != nil || !equal(got, want) {
		t.Errorf("%s: State returned %+v and the error %v, want %+v", when, got, err, want)
	}
}

func equal(a, b office.State) bool {
	return a.Version == b.Version && a.Capacity == b.Capacity && maps.Equal(a.Bookings, b.Bookings)
}

func booked(booking string, seats int) office.Event {
	return office.Event{Kind: office.Booked, Booking: booking, Seats: seats}
}

type seats = map[string]int

// hamlet returns an office, its log, and a show with this capacity in it.
func hamlet(t *testing.T, capacity int) (*office.Office, *journal) {
	t.Helper()
	j := newJournal()
	o := office.New(j, 3)
	if err := o.Open(t.Context(), "hamlet", capacity); err != nil {
		t.Fatalf("Open of a new show: %v", err)
	}
	return o, j
}

func TestEventsTellTheStory(t *testing.T) {
	o, j := hamlet(t, 10)
	expect(t, "Open of an open show", o.Open(t.Context(), "hamlet", 10), office.ErrExists)
	expect(t, "4 of 10 seats", o.Book(t.Context(), "hamlet", "A", 4), nil)
	expect(t, "5 of 6 seats", o.Book(t.Context(), "hamlet", "B", 5), nil)
	expect(t, "2 of 1 seat", o.Book(t.Context(), "hamlet", "C", 2), office.ErrSoldOut)
	expect(t, "giving 4 seats back", o.Cancel(t.Context(), "hamlet", "A"), nil)
	expect(t, "2 of 5 seats", o.Book(t.Context(), "hamlet", "C", 2), nil)
	expectState(t, "4 booked, 5 booked, 4 given back, 2 booked", o, office.State{Version: 5, Capacity: 10, Bookings: seats{"B": 5, "C": 2}})
	want := []office.Kind{office.Opened, office.Booked, office.Booked, office.Cancelled, office.Booked}
	if got := j.kinds("hamlet"); !slices.Equal(got, want) {
		t.Errorf("the log holds %v, want %v", got, want)
	}
}

func TestTheSameBookingTwice(t *testing.T) {
	o, j := hamlet(t, 10)
	expect(t, "a booking", o.Book(t.Context(), "hamlet", "A", 6), nil)
	expect(t, "the same booking again", o.Book(t.Context(), "hamlet", "A", 6), nil)
	expect(t, "the same booking with more seats", o.Book(t.Context(), "hamlet", "A", 7), office.ErrMismatch)
	expect(t, "its cancellation", o.Cancel(t.Context(), "hamlet", "A"), nil)
	expect(t, "its cancellation again", o.Cancel(t.Context(), "hamlet", "A"), nil)
	expect(t, "the same booking anew", o.Book(t.Context(), "hamlet", "A", 7), nil)
	want := []office.Kind{office.Opened, office.Booked, office.Cancelled, office.Booked}
	if got := j.kinds("hamlet"); !slices.Equal(got, want) {
		t.Errorf("the log holds %v, want %v: what changes nothing is not an event", got, want)
	}
}

func TestSomebodyWasFaster(t *testing.T) {
	o, j := hamlet(t, 10)
	var once sync.Once
	j.set(func() {
		j.beforeAppend = func(show string) {
			once.Do(func() { j.write(show, booked("X", 3)) }) // another program, after we have read
		}
	})
	expect(t, "4 seats while somebody else books 3 of 10", o.Book(t.Context(), "hamlet", "A", 4), nil)
	expectState(t, "both were booked", o, office.State{Version: 3, Capacity: 10, Bookings: seats{"X": 3, "A": 4}})
}

func TestTimeTravel(t *testing.T) {
	o, _ := hamlet(t, 10)
	expect(t, "a booking", o.Book(t.Context(), "hamlet", "A", 4), nil)
	expect(t, "its cancellation", o.Cancel(t.Context(), "hamlet", "A"), nil)
	for version, want := range []office.State{{}, {1, 10, seats{}}, {2, 10, seats{"A": 4}}, {3, 10, seats{}}, {}} {
		got, err := o.At(t.Context(), "hamlet", version)
		if want.Version == 0 {
			expect(t, "At a version that there is not", err, office.ErrNoVersion)
		} else if err != nil || !equal(got, want) {
			t.Errorf("At(%d) returned %+v and the error %v, want %+v", version, got, err, want)
		}
	}
	expectState(t, "after travelling", o, office.State{Version: 3, Capacity: 10, Bookings: seats{}})
}
