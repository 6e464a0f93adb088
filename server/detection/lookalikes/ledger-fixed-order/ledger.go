// Package ledger moves money between accounts.
package ledger

import (
	"errors"
	"sync"
)

// ErrFunds is returned for an amount that the account does not have.
var ErrFunds = errors.New("ledger: insufficient funds")

// Account holds a balance in cents.
type Account struct {
	id      int
	mu      sync.Mutex
	balance int64
}

// Open returns an account. Ids have to be unique.
func Open(id int, balance int64) *Account {
	return &Account{id: id, balance: balance}
}

// Transfer moves an amount from one account to the other.
func Transfer(from, to *Account, amount int64) error {
	if from == to {
		return nil
	}
	first, second := from, to
	if second.id < first.id {
		first, second = second, first
	}
	first.mu.Lock()
	defer first.mu.Unlock()
	second.mu.Lock()
	defer second.mu.Unlock()
	if from.balance < amount {
		return ErrFunds
	}
	from.balance -= amount
	to.balance += amount
	return nil
}

// Balance returns what is on the account.
func (a *Account) Balance() int64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.balance
}
