package bank_test

import (
	"errors"
	"runtime"
	"sync"
	"testing"

	"sandbox/bank"
)

func mustHave(t *testing.T, b *bank.Bank, id string, want int64) {
	t.Helper()
	if got, err := b.Balance(id); got != want || err != nil {
		t.Errorf("Balance(%q) = (%d, %v), want (%d, nil)", id, got, err, want)
	}
}

// settle lets other goroutines go on until they wait for something. Nothing depends on it but how soon a mistake shows.
func settle() {
	for range 30 {
		runtime.Gosched()
	}
}

func TestTransferMovesMoney(t *testing.T) {
	b := bank.New(map[string]int64{"ada": 100, "bob": 5}, nil)
	if err := b.Transfer("ada", "bob", 30); err != nil {
		t.Errorf("ada has 100 and sends 30: %v", err)
	}
	if err := b.Transfer("bob", "ada", 35); err != nil {
		t.Errorf("bob has 35 and sends all of it: %v", err)
	}
	mustHave(t, b, "ada", 105)
	mustHave(t, b, "bob", 0)
	if got := b.Total(); got != 105 {
		t.Errorf("Total() = %d, want 105", got)
	}
}

func TestRefusedTransferChangesNothing(t *testing.T) {
	fraud := errors.New("fraud")
	b := bank.New(map[string]int64{"ada": 100, "bob": 0, "eve": 100}, func(from, _ string, _ int64) error {
		if from == "eve" {
			return fraud
		}
		return nil
	})
	for _, one := range []struct {
		from, to string
		amount   int64
		want     error
	}{
		{"ada", "bob", 0, bank.ErrAmount},
		{"ada", "bob", -5, bank.ErrAmount},
		{"ada", "nobody", 5, bank.ErrUnknown},
		{"nobody", "bob", 5, bank.ErrUnknown},
		{"ada", "bob", 101, bank.ErrFunds},
		{"eve", "bob", 101, bank.ErrFunds},
		{"eve", "bob", 5, fraud},
	} {
		if err := b.Transfer(one.from, one.to, one.amount); !errors.Is(err, one.want) {
			t.Errorf("Transfer(%q, %q, %d) returned the error %v, want %v", one.from, one.to, one.amount, err, one.want)
		}
	}
	mustHave(t, b, "ada", 100)
	mustHave(t, b, "bob", 0)
	mustHave(t, b, "eve", 100)
	if err := b.Transfer("ada", "bob", 100); err != nil {
		t.Errorf("after refused transfers a good one failed: %v", err)
	}
}

// Two transfers between the same accounts, in opposite directions, while a third one makes both wait.
func TestOppositeTransfersComeToAnEnd(t *testing.T) {
	for round := range 20 {
		inCheck, release := make(chan struct{}), make(chan struct{})
		b := bank.New(map[string]int64{"ada": 100, "bob": 100, "carol": 100}, func(_, to string, _ int64) error {
			if to == "carol" {
				close(inCheck)
				<-release
			}
			return nil
		})
		there, back := "ada", "bob"
		if round%2 == 1 {
			there, back = back, there
		}
		var wg sync.WaitGroup
		wg.Go(func() { b.Transfer("ada", "carol", 1) })
		<-inCheck // ada is busy
		wg.Go(func() { b.Transfer(there, back, 10) })
		settle()
		wg.Go(func() { b.Transfer(back, there, 10) })
		settle()
		close(release)
		wg.Wait()
		mustHave(t, b, "ada", 99)
		mustHave(t, b, "bob", 100)
	}
}

func TestStrangersDoNotWait(t *testing.T) {
	inCheck, release := make(chan struct{}), make(chan struct{})
	b := bank.New(map[string]int64{"ada": 100, "bob": 0, "carol": 100, "dave": 0}, func(from, _ string, _ int64) error {
		if from == "ada" {
			close(inCheck)
			<-release
		}
		return nil
	})
	var wg sync.WaitGroup
	wg.Go(func() { b.Transfer("ada", "bob", 10) })
	<-inCheck // ada's check takes its time
	if err := b.Transfer("carol", "dave", 10); err != nil {
		t.Errorf("while ada's check is going on, carol's transfer failed: %v", err)
	}
	mustHave(t, b, "dave", 10)
	close(release)
	wg.Wait()
	mustHave(t, b, "bob", 10)
}
