package lease

import (
	"errors"
	"time"
)

var ErrHeld = errors.New("lease: held by another owner")

// Lease gives one owner at a time the right to run the compaction job.
type Lease struct {
	owner   string
	expires time.Time
	ttl     time.Duration
}

func New(ttl time.Duration) *Lease { return &Lease{ttl: ttl} }

// TryAcquire takes the lease for owner, or extends it if owner has it already.
func (l *Lease) TryAcquire(owner string, now time.Time) error {
	if l.owner != "" && l.owner != owner && now.Before(l.expires) {
		return ErrHeld
	}
	l.owner = owner
	l.expires = now.Add(l.ttl)
	return nil
}

// Owner returns the present owner, or "" if the lease has expired.
func (l *Lease) Owner(now time.Time) string {
	if now.After(l.expires) {
		return ""
	}
	return l.owner
}
