package ledger

import "sync"

type account struct {
	balance int64
	entries int
}

// Ledger keeps running balances per account.
type Ledger struct {
	mu       sync.RWMutex
	accounts map[string]*account
}

func New() *Ledger { return &Ledger{accounts: make(map[string]*account)} }

// Post books amount on the account, opening it if needed.
func (l *Ledger) Post(id string, amount int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	a := l.accounts[id]
	if a == nil {
		a = new(account)
		l.accounts[id] = a
	}
	a.balance += amount
	a.entries++
}

// Balance returns the balance of an account.
func (l *Ledger) Balance(id string) (int64, bool) {
	l.mu.RLock()
	a, ok := l.accounts[id]
	l.mu.RUnlock()
	if !ok {
		return 0, false
	}
	return a.balance, true
}
