// Package bank moves money between accounts.
package bank

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
)

var (
	// ErrAmount refuses an amount that is not positive.
	ErrAmount = errors.New("bank: amount must be positive")
	// ErrUnknown refuses an account that does not exist.
	ErrUnknown = errors.New("bank: unknown account")
	// ErrFunds refuses a transfer of more than there is.
	ErrFunds = errors.New("bank: insufficient funds")
)

// Check is asked before money moves. Its error refuses the transfer.
type Check func(from, to string, amount int64) error

// Bank keeps accounts. Its methods may be called by any number of goroutines.
//
// Who locks several accounts locks them in the order of their ids.
type Bank struct {
	check    Check
	accounts map[string]*account // never changes
	inOrder  []*account          // the same, by id
}

type account struct {
	id string

	mu      sync.Mutex
	balance int64
}

// New opens a bank with the given balances. A nil check allows everything.
func New(opening map[string]int64, check Check) *Bank {
	b := &Bank{check: check, accounts: make(map[string]*account, len(opening))}
	for _, id := range slices.Sorted(maps.Keys(opening)) {
		a := &account{id: id, balance: opening[id]}
		b.accounts[id] = a
		b.inOrder = append(b.inOrder, a)
	}
	return b
}

// Transfer moves amount from one account to another. Both are locked until it is over.
func (b *Bank) Transfer(from, to string, amount int64) error {
	if amount <= 0 {
		return fmt.Errorf("%w: %d", ErrAmount, amount)
	}
	sender, err := b.find(from)
	if err != nil {
		return err
	}
	receiver, err := b.find(to)
	if err != nil {
		return err
	}
	unlock := lockBoth(sender, receiver)
	defer unlock() // also if the check panics

	if sender.balance < amount {
		return fmt.Errorf("%w: %s has %d, asked for %d", ErrFunds, from, sender.balance, amount)
	}
	if b.check != nil {
		if err := b.check(from, to, amount); err != nil {
			return fmt.Errorf("bank: refused: %w", err)
		}
	}
	sender.balance -= amount
	receiver.balance += amount
	return nil
}

// lockBoth locks two accounts, which may be the same, and returns what unlocks them.
func lockBoth(a, b *account) (unlock func()) {
	if a == b {
		a.mu.Lock()
		return a.mu.Unlock
	}
	if b.id < a.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
	return func() {
		b.mu.Unlock()
		a.mu.Unlock()
	}
}

// Balance returns what is on an account.
func (b *Bank) Balance(id string) (int64, error) {
	a, err := b.find(id)
	if err != nil {
		return 0, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance, nil
}

// Total returns the sum of all balances at one moment: the one at which it holds all locks.
func (b *Bank) Total() int64 {
	for _, a := range b.inOrder {
		a.mu.Lock()
		defer a.mu.Unlock()
	}
	sum := int64(0)
	for _, a := range b.inOrder {
		sum += a.balance
	}
	return sum
}

func (b *Bank) find(id string) (*account, error) {
	a, ok := b.accounts[id]
	if !ok {
		return nil, fmt.Errorf("%w: %q", ErrUnknown, id)
	}
	return a, nil
}
