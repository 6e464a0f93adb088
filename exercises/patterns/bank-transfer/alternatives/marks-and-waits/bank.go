// Package bank moves money between accounts.
package bank

import (
	"errors"
	"fmt"
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
type Bank struct {
	check Check

	mu       sync.Mutex // held for moments only, never during a check
	freed    *sync.Cond // an account is not busy any more
	accounts map[string]*account
}

type account struct {
	balance int64
	busy    bool // a transfer has it
}

// New opens a bank with the given balances. A nil check allows everything.
func New(opening map[string]int64, check Check) *Bank {
	b := &Bank{check: check, accounts: make(map[string]*account)}
	b.freed = sync.NewCond(&b.mu)
	for id, balance := range opening {
		b.accounts[id] = &account{balance: balance}
	}
	return b
}

// Transfer moves amount from one account to another.
func (b *Bank) Transfer(from, to string, amount int64) error {
	if amount <= 0 {
		return ErrAmount
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	sender, receiver := b.accounts[from], b.accounts[to]
	if sender == nil || receiver == nil {
		return ErrUnknown
	}
	for sender.busy || receiver.busy {
		b.freed.Wait()
	}
	if sender.balance < amount {
		return ErrFunds
	}
	sender.busy, receiver.busy = true, true // both at once: nobody has one and waits for the other
	defer func() {
		sender.busy, receiver.busy = false, false
		b.freed.Broadcast()
	}()
	if err := b.ask(from, to, amount); err != nil {
		return fmt.Errorf("bank: refused: %w", err)
	}
	sender.balance -= amount
	receiver.balance += amount
	return nil
}

// ask runs the check without the lock, which its caller holds.
func (b *Bank) ask(from, to string, amount int64) error {
	if b.check == nil {
		return nil
	}
	b.mu.Unlock()
	defer b.mu.Lock()
	return b.check(from, to, amount)
}

// Balance returns what is on an account.
func (b *Bank) Balance(id string) (int64, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	a := b.accounts[id]
	if a == nil {
		return 0, ErrUnknown
	}
	return a.balance, nil
}

// Total returns the sum of all balances at one moment. Money moves in one critical section, so any moment will do.
func (b *Bank) Total() int64 {
	b.mu.Lock()
	defer b.mu.Unlock()
	sum := int64(0)
	for _, a := range b.accounts {
		sum += a.balance
	}
	return sum
}
