package replica

import (
	"errors"
	"testing"
	"time"
)

type node struct {
	delay time.Duration
	err   error
}

func (n node) Get(key string) (string, error) {
	time.Sleep(n.delay)
	return "value of " + key, n.err
}

func TestReadToleratesOneFailure(t *testing.T) {
	nodes := []Replica{
		node{err: errors.New("disk failure")},
		node{},
		node{},
		node{delay: time.Millisecond},
	}
	got, err := Read(nodes, "k1")
	if err != nil || got != "value of k1" {
		t.Errorf("Read: %q, %v", got, err)
	}
}
