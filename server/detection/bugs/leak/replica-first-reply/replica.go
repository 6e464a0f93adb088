// Package replica reads from several copies of the data at once.
package replica

import "errors"

// ErrNoReplica is returned for an empty set.
var ErrNoReplica = errors.New("replica: no replica given")

// Replica is one copy of the data.
type Replica interface {
	Get(key string) (string, error)
}

type reply struct {
	value string
	err   error
}

// Read returns the value of the replica that answers first. An error is
// returned only when all of them fail.
func Read(replicas []Replica, key string) (string, error) {
	replies := make(chan reply)
	for _, r := range replicas {
		go func() {
			value, err := r.Get(key)
			replies <- reply{value, err}
		}()
	}
	err := ErrNoReplica
	for range replicas {
		answer := <-replies
		if answer.err == nil {
			return answer.value, nil
		}
		err = answer.err
	}
	return "", err
}
