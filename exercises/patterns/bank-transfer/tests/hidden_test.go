package bank_test

import (
	"errors"
	"sync"
	"sync/atomic"
	"testing"

	"sandbox/bank"
)

func TestTransferToOneself(t *testing.T) {
	fraud := errors.New("fraud")
	asked := 0
	b := bank.New(map[string]int64{"ada": 100, "eve": 100}, func(from, to string, _ int64) error {
		asked++
		if from == "eve" {
			return fraud
		}
		return nil
	})
	if err := b.Transfer("ada", "ada", 100); err != nil {
		t.Errorf("ada has 100 and sends 100 to herself: %v", err)
	}
	if err := b.Transfer("ada", "ada", 101); !errors.Is(err, bank.ErrFunds) {
		t.Errorf("ada has 100 and sends 101 to herself: the error is %v, want ErrFunds", err)
	}
	if err := b.Transfer("ada", "ada", 0); !errors.Is(err, bank.ErrAmount) {
		t.Errorf("ada sends 0 to herself: the error is %v, want ErrAmount", err)
	}
	if err := b.Transfer("eve", "eve", 1); !errors.Is(err, fraud) {
		t.Errorf("the check refuses eve's transfer to herself: the error is %v", err)
	}
	if err := b.Transfer("nobody", "nobody", 1); !errors.Is(err, bank.ErrUnknown) {
		t.Errorf("an unknown account sends to itself: the error is %v, want ErrUnknown", err)
	}
	mustHave(t, b, "ada", 100)
	mustHave(t, b, "eve", 100)
	if asked != 2 {
		t.Errorf("of five transfers two have an amount, accounts and funds that are in order: the check was called %d times, want 2", asked)
	}
}

func TestUnknownAccountHasNoBalance(t *testing.T) {
	b := bank.New(map[string]int64{"ada": 100}, nil)
	if got, err := b.Balance("nobody"); !errors.Is(err, bank.ErrUnknown) {
		t.Errorf(`Balance("nobody") = (%d, %v), want ErrUnknown`, got, err)
	}
}

func TestPanickingCheckLeavesTheBankUsable(t *testing.T) {
	calls := 0
	b := bank.New(map[string]int64{"ada": 100, "bob": 50}, func(string, string, int64) error {
		calls++
		if calls == 1 {
			panic("the fraud service sent nonsense")
		}
		return nil
	})
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the check panicked, and the caller of Transfer did not see the panic")
			}
		}()
		b.Transfer("ada", "bob", 10)
	}()
	mustHave(t, b, "ada", 100)
	mustHave(t, b, "bob", 50)
	if err := b.Transfer("bob", "ada", 50); err != nil {
		t.Errorf("after a check that panicked a good transfer failed: %v", err)
	}
}

// While a check is going on, others try to get at both of its accounts.
func TestAccountsStandStillDuringACheck(t *testing.T) {
	for range 20 {
		var inside [2]atomic.Int64 // checks that are going on, of ada's and of bob's transfers
		index := map[string]int{"ada": 0, "bob": 1}
		inCheck, release := make(chan struct{}), make(chan struct{})
		first := true
		var overlaps atomic.Int64
		b := bank.New(map[string]int64{"ada": 100, "bob": 100, "carol": 100, "dave": 100}, func(from, to string, amount int64) error {
			for _, id := range []string{from, to} {
				i, watched := index[id]
				if !watched {
					continue
				}
				if inside[i].Add(1) > 1 {
					overlaps.Add(1)
				}
				defer inside[i].Add(-1)
			}
			if amount == 100 && first {
				first = false
				close(inCheck)
				<-release
			}
			return nil
		})
		var wg sync.WaitGroup
		wg.Go(func() { b.Transfer("ada", "bob", 100) })
		<-inCheck
		wg.Go(func() { b.Transfer("ada", "carol", 1) })
		wg.Go(func() { b.Transfer("dave", "ada", 1) })
		wg.Go(func() { b.Transfer("bob", "carol", 1) })
		wg.Go(func() { b.Transfer("dave", "bob", 1) })
		settle()
		close(release)
		wg.Wait()
		if overlaps.Load() > 0 {
			t.Fatal("during the check of a transfer from ada to bob, another transfer of ada or bob was checked as well: the accounts must not be touched from the look at the funds until the money has moved")
		}
	}
}

// All of ada's money goes out in a transfer whose check takes its time. Meanwhile others want the same money.
func TestNoOverdraft(t *testing.T) {
	for range 20 {
		inCheck, release := make(chan struct{}), make(chan struct{})
		var once sync.Once
		b := bank.New(map[string]int64{"ada": 100, "bob": 0, "carol": 0, "aaa": 0}, func(string, string, int64) error {
			once.Do(func() {
				close(inCheck)
				<-release
			})
			return nil
		})
		var done atomic.Int64
		var wg sync.WaitGroup
		pay := func(to string) {
			wg.Go(func() {
				if b.Transfer("ada", to, 100) == nil {
					done.Add(1)
				}
			})
		}
		pay("bob")
		<-inCheck
		pay("carol")
		pay("aaa")
		pay("bob")
		settle()
		close(release)
		wg.Wait()
		left, _ := b.Balance("ada")
		if done.Load() != 1 || left != 0 {
			t.Fatalf("ada had 100; four transfers of 100 were asked for at once, %d were made and she has %d now: the look at the funds and the withdrawal must be one step", done.Load(), left)
		}
	}
}

// The receiver is busy. Meanwhile three transfers of the same money wait for it.
func TestMoneyIsSpentOnce(t *testing.T) {
	for round := range 20 {
		sender := "ada"
		if round%2 == 1 {
			sender = "zoe"
		}
		inCheck, release := make(chan struct{}), make(chan struct{})
		b := bank.New(map[string]int64{sender: 100, "bob": 1, "carol": 0}, func(from, _ string, _ int64) error {
			if from == "bob" {
				close(inCheck)
				<-release
			}
			return nil
		})
		var done atomic.Int64
		var wg sync.WaitGroup
		wg.Go(func() { b.Transfer("bob", "carol", 1) })
		<-inCheck
		for range 3 {
			wg.Go(func() {
				if b.Transfer(sender, "bob", 100) == nil {
					done.Add(1)
				}
			})
		}
		settle()
		close(release)
		wg.Wait()
		left, _ := b.Balance(sender)
		if done.Load() != 1 || left != 0 {
			t.Fatalf("%s had 100; three transfers of 100 waited for a busy receiver, %d were made and %s has %d now: the look at the funds and the withdrawal must be one step", sender, done.Load(), sender, left)
		}
	}
}

// Total has to wait for a busy account, and money moves between the others meanwhile: in half of the rounds by one
// transfer, in the others by all that there can be.
func TestTotalIsOfOneMoment(t *testing.T) {
	moves := [][2]string{{"d", "a"}, {"a", "d"}, {"d", "b"}, {"b", "d"}, {"a", "b"}, {"b", "a"}}
	for n := range 120 {
		round, all := n/2, n%2 == 1
		inCheck, release := make(chan struct{}), make(chan struct{})
		b := bank.New(map[string]int64{"a": 100, "b": 100, "c": 100, "d": 100}, func(_, to string, amount int64) error {
			if amount == 1 {
				close(inCheck)
				<-release
			}
			return nil
		})
		var wg sync.WaitGroup
		hold := "b"
		if all || round%4 >= 2 {
			hold = "a"
		}
		wg.Go(func() { b.Transfer(hold, "c", 1) })
		<-inCheck // hold and c are busy
		total := int64(0)
		add := func() { wg.Go(func() { total = b.Total() }) }
		move := func() {
			made := moves[round%len(moves):][:1]
			if all {
				made = moves
			}
			for _, pair := range made {
				wg.Go(func() { b.Transfer(pair[0], pair[1], 50) })
			}
		}
		steps := []func(){add, move}
		if !all && round%2 == 1 {
			steps = []func(){move, add}
		}
		for _, step := range steps {
			step()
			settle()
		}
		close(release)
		wg.Wait()
		if total != 400 {
			t.Fatalf("the bank was opened with 400 and Total() = %d during transfers: it has mixed balances of different moments", total)
		}
	}
}

// Nobody waits for anybody here: a look that is not protected races with a transfer whatever the scheduler does.
func TestBalanceDuringTransfers(t *testing.T) {
	b := bank.New(map[string]int64{"ada": 100, "bob": 100}, nil)
	var wg sync.WaitGroup
	wg.Go(func() {
		for range 20 {
			b.Transfer("ada", "bob", 1)
		}
	})
	for range 20 {
		b.Balance("ada")
		b.Balance("bob")
	}
	wg.Wait()
	mustHave(t, b, "ada", 80)
}

func TestManyTransfersAtOnce(t *testing.T) {
	ids := []string{"a", "b", "c", "d", "e"}
	opening := map[string]int64{}
	for _, id := range ids {
		opening[id] = 10
	}
	b := bank.New(opening, nil)
	var wg sync.WaitGroup
	for seed := range 4 {
		wg.Go(func() {
			for i := range 60 {
				b.Transfer(ids[(seed+i)%5], ids[(seed*3+i*2)%5], int64(1+i%7))
			}
		})
	}
	wg.Go(func() {
		for i := range 30 {
			for _, id := range ids {
				if got, err := b.Balance(id); got < 0 || err != nil {
					t.Errorf("during transfers Balance(%q) = (%d, %v)", id, got, err)
					return
				}
			}
			if got := b.Total(); got != 50 {
				t.Errorf("look %d during transfers: Total() = %d, want 50", i, got)
				return
			}
		}
	})
	wg.Wait()
	if got := b.Total(); got != 50 {
		t.Errorf("after all transfers Total() = %d, want 50", got)
	}
}
