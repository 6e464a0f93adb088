package migrate_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/migrate"
)

// house is a migration that has come to a phase, with one row in each store that is in use.
type house struct {
	*migrate.Migration
	from, to        *table
	deciding, other *table
}

func in(t *testing.T, phase migrate.Phase) *house {
	t.Helper()
	ctx := context.Background()
	h := &house{from: newTable(), to: newTable()}
	h.Migration = migrate.NewMigration(h.from, h.to)
	must(t, "Set in phase Old", h.Set(ctx, "room 1", "ada"))
	h.deciding, h.other = h.from, h.to
	if phase != migrate.Old {
		must(t, "Start", h.Start(ctx))
		must(t, "Backfill", h.Backfill(ctx))
	}
	if phase == migrate.New {
		must(t, "CutOver", h.CutOver(ctx))
		h.deciding, h.other = h.to, h.from
	}
	return h
}

// hold makes writes of one value stay in the deciding store, written but not answered, until the returned function is called.
func (h *house) hold(key string) (release func()) {
	gate := make(chan struct{})
	h.deciding.wrote.set(func(k string) {
		if k == key {
			<-gate
		}
	})
	return sync.OnceFunc(func() { close(gate) })
}

// still expects that a call has not returned, once whoever can move has moved.
func still(t *testing.T, what string, answer <-chan error) bool {
	t.Helper()
	synctest.Wait()
	select {
	case err := <-answer:
		t.Errorf("%s: it has returned %v", what, err)
		return false
	default:
		return true
	}
}

func begin(f func() error) <-chan error {
	answer := make(chan error, 1)
	go func() { answer <- f() }()
	synctest.Wait()
	return answer
}

// changes are the changes of phase: from which one to which one.
var changes = []struct {
	name     string
	from, to migrate.Phase
	do       func(*migrate.Migration, context.Context) error
}{
	{"Start", migrate.Old, migrate.Dual, (*migrate.Migration).Start},
	{"CutOver", migrate.Dual, migrate.New, (*migrate.Migration).CutOver},
	{"Rollback", migrate.New, migrate.Dual, (*migrate.Migration).Rollback},
}

func TestChangesWaitForWrites(t *testing.T) {
	for _, change := range changes {
		synctest.Test(t, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			h := in(t, change.from)
			release := h.hold("room 1")
			defer release()
			early := begin(func() error { return h.Set(ctx, "room 1", "bob") })
			changed := begin(func() error { return change.do(h.Migration, ctx) })
			if !still(t, change.name+" while a Set is under way must wait for it", changed) {
				return
			}
			value(t, "a change of phase is waiting", h.Migration, "room 1", "bob")
			if got := h.Phase(); got != change.from {
				t.Errorf("%s is waiting, Phase() = %d, want %d", change.name, got, change.from)
			}
			refused(t, change.name+" while another one is waiting", change.do(h.Migration, ctx), migrate.ErrPhase)
			late := begin(func() error { return h.Set(ctx, "room 1", "cyd") })
			if !still(t, "a Set that comes while "+change.name+" is waiting must wait too", late) {
				return
			}
			version := h.deciding.row("room 1").Version
			h.deciding.has(t, "a second Set is waiting for "+change.name, "deciding", "room 1", row("bob", version))
			release()
			must(t, "the Set that was under way", <-early)
			must(t, change.name, <-changed)
			must(t, "the Set that waited", <-late)
			h.from.has(t, "two writes, one before and one after "+change.name, "old", "room 1", row("cyd", version+1))
			h.to.has(t, "two writes, one before and one after "+change.name, "new", "room 1", row("cyd", version+1))
			if got := h.Phase(); got != change.to {
				t.Errorf("after %s, Phase() = %d, want %d", change.name, got, change.to)
			}
		})
	}
}

func TestChangeIsGivenUp(t *testing.T) {
	for _, change := range changes {
		synctest.Test(t, func(t *testing.T) {
			long, cancel := context.WithTimeout(context.Background(), time.Hour)
			defer cancel()
			h := in(t, change.from)
			release := h.hold("room 1")
			defer release()
			early := begin(func() error { return h.Set(long, "room 1", "bob") })
			changed := begin(func() error {
				ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
				defer cancel()
				return change.do(h.Migration, ctx)
			})
			impatient := begin(func() error {
				ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
				defer cancel()
				return h.Set(ctx, "room 2", "dan")
			})
			patient := begin(func() error { return h.Set(long, "room 3", "eve") })
			start := time.Now()
			refused(t, "a Set whose context ends while "+change.name+" is waiting", <-impatient, context.DeadlineExceeded)
			if took := time.Since(start); took != 2*time.Second {
				t.Errorf("a Set with 2s waited for %s, and returned after %v", change.name, took)
			}
			refused(t, change.name+" whose context ends while it waits", <-changed, context.DeadlineExceeded)
			must(t, "a Set that had waited for "+change.name+", which was given up,", <-patient)
			if took := time.Since(start); took != 5*time.Second {
				t.Errorf("%s with 5s was given up, and it and those that waited for it returned after %v", change.name, took)
			}
			if got := h.Phase(); got != change.from {
				t.Errorf("%s was given up, Phase() = %d, want %d", change.name, got, change.from)
			}
			h.deciding.has(t, "its Set gave up before it was let in", "deciding", "room 2", migrate.Row{})
			h.deciding.has(t, "its Set was let in when the change was given up", "deciding", "room 3", row("eve", 1))
			release()
			must(t, "the Set that was under way", <-early)
			must(t, change.name+" after one that was given up", change.do(h.Migration, long))
			value(t, "after "+change.name, h.Migration, "room 3", "eve")
		})
	}
}

// The writes overlap: there is no moment at which none is under way, unless those that come are kept waiting.
func TestChangesAreNotStarved(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		h := in(t, migrate.Dual)
		h.from.wrote.set(func(string) { time.Sleep(time.Second) })
		var wg sync.WaitGroup
		for n := range 40 {
			wg.Go(func() {
				time.Sleep(time.Duration(n) * 300 * time.Millisecond)
				if err := h.Set(context.Background(), fmt.Sprint("room ", n), "ada"); err != nil {
					t.Errorf("Set returned %v", err)
				}
			})
		}
		time.Sleep(5 * time.Second)
		start := time.Now()
		if err := h.CutOver(context.Background()); err != nil {
			t.Errorf("CutOver returned %v", err)
		}
		if took := time.Since(start); took > time.Second {
			t.Errorf("each Set takes a second, a new one comes every 0.3s: CutOver waited %v, want no longer than those take that were under way", took)
		}
		wg.Wait()
	})
}

// A copy fails while CutOver or Rollback is waiting for that very write.
func TestCopyFailsAtTheLastMoment(t *testing.T) {
	for _, change := range changes[1:] {
		synctest.Test(t, func(t *testing.T) {
			ctx := context.Background()
			h := in(t, change.from)
			release := h.hold("room 1")
			defer release()
			early := begin(func() error { return h.Set(ctx, "room 1", "bob") })
			changed := begin(func() error { return change.do(h.Migration, ctx) })
			h.other.setDown(true)
			release()
			must(t, "a Set whose copy failed", <-early)
			h.other.setDown(false)
			refused(t, change.name+", which was waiting for a Set whose copy failed,", <-changed, migrate.ErrNotReady)
			if got := h.Phase(); got != change.from {
				t.Errorf("%s was refused, Phase() = %d, want %d", change.name, got, change.from)
			}
			must(t, "Set after a change that was refused", h.Set(ctx, "room 2", "cyd"))
			must(t, "Backfill", h.Backfill(ctx))
			must(t, change.name+" after the repair", change.do(h.Migration, ctx))
			value(t, "after "+change.name, h.Migration, "room 1", "bob")
		})
	}
}

func TestRollbackLosesNothing(t *testing.T) {
	ctx := context.Background()
	h := in(t, migrate.New)
	h.from.setDown(true)
	must(t, "Set in phase New, while the old store is down,", h.Set(ctx, "room 1", "bob"))
	value(t, "in phase New, while the old store is down", h.Migration, "room 1", "bob")
	refused(t, "Backfill while the old store is down", h.Backfill(ctx), errDown)
	h.from.setDown(false)
	refused(t, "Rollback, although the old store has missed something,", h.Rollback(ctx), migrate.ErrNotReady)
	must(t, "Backfill", h.Backfill(ctx))
	h.from.has(t, "repaired in phase New", "old", "room 1", row("bob", 2))
	must(t, "Rollback", h.Rollback(ctx))
	value(t, "after Rollback", h.Migration, "room 1", "bob")
	must(t, "Set after Rollback", h.Set(ctx, "room 1", "cyd"))
	must(t, "CutOver after Rollback", h.CutOver(ctx))
	value(t, "after the second CutOver", h.Migration, "room 1", "cyd")
	h.to.has(t, "after the second CutOver", "new", "room 1", row("cyd", 3))
}

func TestDecidingStoreFails(t *testing.T) {
	ctx := context.Background()
	for _, phase := range []migrate.Phase{migrate.Old, migrate.Dual, migrate.New} {
		h := in(t, phase)
		h.deciding.setDown(true)
		used := h.other.used()
		refused(t, "Set while the deciding store is down", h.Set(ctx, "room 1", "bob"), errDown)
		if _, err := h.Get(ctx, "room 1"); !errors.Is(err, errDown) {
			t.Errorf("the deciding store is down: Get returned the error %v, want that of the store", err)
		}
		if h.other.used() != used {
			t.Error("the deciding store is down, and the other one was used: now they differ, or an old value is shown")
		}
		h.deciding.setDown(false)
		value(t, "a Set has failed", h.Migration, "room 1", "ada")
	}
}

func TestOtherStoreIsNotAsked(t *testing.T) {
	for _, phase := range []migrate.Phase{migrate.Old, migrate.Dual, migrate.New} {
		h := in(t, phase)
		used := h.other.used()
		value(t, "in each phase", h.Migration, "room 1", "ada")
		value(t, "no such key", h.Migration, "room 99", "")
		if h.other.used() != used {
			t.Errorf("in phase %d Get used the store that does not decide", phase)
		}
	}
}

// The browser goes away between the write and the copy.
func TestContextEndsAfterTheWrite(t *testing.T) {
	for _, change := range changes[1:] {
		h := in(t, change.from)
		ctx, cancel := context.WithCancel(context.Background())
		h.deciding.wrote.set(func(string) { cancel() })
		must(t, "Set, whose context ended when its row had been written,", h.Set(ctx, "room 1", "bob"))
		err := change.do(h.Migration, context.Background())
		if errors.Is(err, migrate.ErrNotReady) {
			must(t, "Backfill", h.Backfill(context.Background()))
			err = change.do(h.Migration, context.Background())
		}
		must(t, change.name, err)
		value(t, "written before "+change.name, h.Migration, "room 1", "bob")
	}
}

func TestBackfillFailsHalfWay(t *testing.T) {
	ctx := context.Background()
	from, to := newTable(), newTable()
	m := migrate.NewMigration(from, to)
	for n := range 9 {
		must(t, "Set in phase Old", m.Set(ctx, fmt.Sprint("room ", n), "ada"))
	}
	must(t, "Start", m.Start(ctx))
	to.put.set(func(key string) {
		if key == "room 5" {
			to.setDown(true)
		}
	})
	refused(t, "Backfill of 9 rows, while the new store breaks down at the sixth,", m.Backfill(ctx), errDown)
	to.put.set(nil)
	to.setDown(false)
	refused(t, "CutOver after a backfill that failed half way", m.CutOver(ctx), migrate.ErrNotReady)
	from.setDown(true)
	refused(t, "Backfill while the old store is down", m.Backfill(ctx), errDown)
	from.setDown(false)
	must(t, "Backfill", m.Backfill(ctx))
	must(t, "CutOver", m.CutOver(ctx))
	for n := range 9 {
		value(t, "after CutOver", m, fmt.Sprint("room ", n), "ada")
	}
}

// The copy of the first of two writes is slow, and arrives after that of the second.
func TestCopiesArriveInAnyOrder(t *testing.T) {
	for _, phase := range []migrate.Phase{migrate.Dual, migrate.New} {
		synctest.Test(t, func(t *testing.T) {
			ctx := context.Background()
			h := in(t, phase)
			gate := make(chan struct{})
			var first atomic.Bool
			h.other.put.set(func(string) {
				if !first.Swap(true) {
					<-gate
				}
			})
			slow := begin(func() error { return h.Set(ctx, "room 1", "bob") })
			if len(slow) > 0 {
				t.Error("Set returned before its row had arrived in the other store")
			}
			fast := begin(func() error { return h.Set(ctx, "room 1", "cyd") })
			if len(fast) == 0 {
				t.Error("the copy of a Set is slow, and another Set of the same key waits for it")
			}
			close(gate)
			must(t, "the Set whose copy is slow", <-slow)
			must(t, "the Set whose copy is fast", <-fast)
			h.other.has(t, "two writes, their copies arrived in the opposite order", "other", "room 1", row("cyd", 3))
		})
	}
}

// A guest changes a row just when the backfill has read it, when it has asked the other store, or when it is about to write.
func TestBackfillBetweenLookAndWrite(t *testing.T) {
	ctx := context.Background()
	for when, moment := range map[string]func(from, to *table) *hook{
		"had read the row in the old store":         func(from, to *table) *hook { return &from.read },
		"had looked for the row in the new store":   func(from, to *table) *hook { return &to.read },
		"was about to write the row into the store": func(from, to *table) *hook { return &to.put },
	} {
		from, to := newTable(), newTable()
		m := migrate.NewMigration(from, to)
		must(t, "Set in phase Old", m.Set(ctx, "room 1", "ada"))
		must(t, "Start", m.Start(ctx))
		var changed atomic.Bool
		moment(from, to).set(func(string) {
			if !changed.Swap(true) {
				must(t, "Set during a backfill", m.Set(ctx, "room 1", "bob"))
			}
		})
		must(t, "Backfill", m.Backfill(ctx))
		to.has(t, "a guest changed the row when the backfill "+when, "new", "room 1", from.row("room 1"))
		must(t, "CutOver", m.CutOver(ctx))
		if changed.Load() {
			value(t, "after CutOver", m, "room 1", "bob")
		}
	}
}

// While a key is being repaired it falls behind again, with a newer row.
func TestFallsBehindDuringTheRepair(t *testing.T) {
	ctx := context.Background()
	for _, change := range changes[1:] {
		h := in(t, change.from)
		h.other.setDown(true)
		must(t, "Set whose copy fails", h.Set(ctx, "room 1", "guest 0"))
		h.other.setDown(false)
		changed := 0
		h.deciding.read.set(func(string) {
			if changed < 6 {
				changed++
				h.other.setDown(true)
				must(t, "Set whose copy fails", h.Set(ctx, "room 1", fmt.Sprint("guest ", changed)))
				h.other.setDown(false)
			}
		})
		must(t, "Backfill", h.Backfill(ctx))
		h.deciding.read.set(nil)
		if h.deciding.row("room 1") != h.other.row("room 1") {
			refused(t, change.name+": while the backfill copied a row, a newer one could not be copied; the other store does not have it;",
				change.do(h.Migration, ctx), migrate.ErrNotReady)
			must(t, "Backfill", h.Backfill(ctx))
		}
		must(t, change.name, change.do(h.Migration, ctx))
		value(t, "after "+change.name, h.Migration, "room 1", fmt.Sprint("guest ", changed))
	}
}

// A repair is under way, but its row has not arrived yet.
func TestBehindUntilRepaired(t *testing.T) {
	ctx := context.Background()
	for _, change := range changes[1:] {
		h := in(t, change.from)
		h.other.setDown(true)
		must(t, "Set whose copy fails", h.Set(ctx, "room 1", "bob"))
		h.other.setDown(false)
		var asked atomic.Bool
		early := make(chan error, 1) // a copy that comes too late speaks to nobody: the test may be over by then
		h.other.put.set(func(string) {
			if !asked.Swap(true) {
				early <- change.do(h.Migration, ctx)
			}
		})
		must(t, "Backfill", h.Backfill(ctx))
		h.other.put.set(nil)
		if len(early) > 0 {
			refused(t, change.name+" while the row that is missing is on its way", <-early, migrate.ErrNotReady)
		}
		must(t, change.name, change.do(h.Migration, ctx))
		value(t, "after "+change.name, h.Migration, "room 1", "bob")
	}
}

// A second backfill has read a row of the old store; then the new store takes over, and the row is changed.
func TestCutOverDuringABackfill(t *testing.T) {
	ctx := context.Background()
	h := in(t, migrate.Dual)
	changed := false
	h.from.read.set(func(string) {
		if changed {
			return
		}
		changed = true
		must(t, "CutOver during a second backfill", h.CutOver(ctx))
		must(t, "Set during a backfill", h.Set(ctx, "room 1", "bob"))
	})
	must(t, "Backfill", h.Backfill(ctx))
	h.from.read.set(nil)
	if changed {
		value(t, "written after CutOver, during a backfill that had begun before", h.Migration, "room 1", "bob")
	}
}

// Somebody looks at the phase all the time, and at nothing else.
func TestPhaseIsWatched(t *testing.T) {
	h := in(t, migrate.Dual)
	var failed atomic.Bool
	var wg sync.WaitGroup
	wg.Go(func() {
		for h.Phase() != migrate.New && !failed.Load() {
			runtime.Gosched()
		}
	})
	if err := h.CutOver(context.Background()); err != nil {
		failed.Store(true)
		t.Errorf("CutOver returned %v", err)
	}
	wg.Wait()
}

// Everything at once. In the end each key has as many versions as there were writes of it: none was lost, none was done twice.
func TestLiveTraffic(t *testing.T) {
	const writers, writes, keys = 8, 40, 5
	synctest.Test(t, func(t *testing.T) {
		ctx := context.Background()
		from, to := newTable(), newTable()
		m := migrate.NewMigration(from, to)
		var calls atomic.Uint32
		slowly := func(string) {
			time.Sleep(time.Duration(calls.Add(1)*2654435761>>29) * time.Millisecond)
		}
		for _, h := range []*hook{&from.wrote, &from.put, &to.wrote, &to.put} {
			h.set(slowly)
		}
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for n := range writes {
					key := fmt.Sprint("room ", (w+n)%keys)
					if err := m.Set(ctx, key, fmt.Sprintf("guest %d of writer %d", n, w)); err != nil {
						t.Errorf("Set returned %v", err)
					}
					if _, err := m.Get(ctx, key); err != nil {
						t.Errorf("Get returned %v", err)
					}
					m.Phase()
				}
			})
		}
		// insist repeats a change of phase as somebody would who is called at night.
		insist := func(what string, change func(context.Context) error) {
			for range 50 {
				err := change(ctx)
				if err == nil {
					return
				}
				if !errors.Is(err, migrate.ErrNotReady) {
					t.Errorf("%s returned %v", what, err)
					return
				}
				if err := m.Backfill(ctx); err != nil {
					t.Errorf("Backfill returned %v", err)
					return
				}
			}
			t.Errorf("%s was refused 50 times, each time after a backfill", what)
		}
		time.Sleep(20 * time.Millisecond)
		insist("Start", m.Start)
		// breaksDown is a store that does not decide any more. Who has asked before the change which one decides has had the answer.
		breaksDown := func(s *table) {
			synctest.Wait()
			s.setDown(true)
		}
		for range 3 {
			breaksDown(to)
			time.Sleep(10 * time.Millisecond)
			to.setDown(false)
			insist("CutOver", m.CutOver)
			breaksDown(from)
			time.Sleep(10 * time.Millisecond)
			from.setDown(false)
			insist("Rollback", m.Rollback)
		}
		wg.Wait()
		insist("CutOver", m.CutOver)
		for n := range keys {
			key := fmt.Sprint("room ", n)
			got := []migrate.Row{from.row(key), to.row(key)}
			if got[0].Version != writers*writes/keys || got[0] != got[1] {
				t.Errorf("%q was written %d times during the migration; the old store has %+v, the new one %+v", key, writers*writes/keys, got[0], got[1])
			}
		}
		if all, _ := from.Keys(ctx, ""); !slices.Equal(all, []string{"room 0", "room 1"}) {
			t.Errorf("the first two keys of the old store are %q", all)
		}
	})
}
