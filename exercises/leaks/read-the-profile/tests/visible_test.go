package notify_test

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"

	"sandbox/notify"
)

// phone notes what is delivered to it.
type phone struct {
	mu       sync.Mutex
	received []string
}

func (p *phone) deliver(frame []byte) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.received = append(p.received, string(frame))
}

// mustHave compares, once nothing moves any more.
func (p *phone) mustHave(t *testing.T, what string, want ...string) {
	t.Helper()
	synctest.Wait()
	p.mu.Lock()
	defer p.mu.Unlock()
	if !slices.Equal(p.received, want) {
		t.Errorf("%s: %q was delivered, want %q", what, p.received, want)
	}
}

func TestMessagesArriveInOrder(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		var ada phone
		disconnect := hub.Connect("ada", ada.deliver)
		defer disconnect()
		for i := range 3 {
			if !hub.Notify("ada", fmt.Sprint("message ", i)) {
				t.Errorf("ada is online, and message %d of 3 was not accepted", i)
			}
		}
		if hub.Notify("bob", "hello") {
			t.Error("bob is not online, and a message for him was accepted")
		}
		ada.mustHave(t, "three messages for ada", "message 0", "message 1", "message 2")
	})
}

// This is what the phones did all evening. What is left behind shows at the end of the run.
func TestReconnectingLeavesNothingBehind(t *testing.T) {
	hub := notify.New()
	var before func()
	for range 20 {
		disconnect := hub.Connect("ada", func([]byte) {})
		if before != nil {
			before() // the end of the old connection is noticed when the new one is there already
		}
		before = disconnect
	}
	before()
	if hub.Notify("ada", "hello") {
		t.Error("ada's last connection has ended, and a message for her was accepted")
	}
}

func TestLateDisconnectLeavesTheNewConnectionAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		var old, young phone
		endOld := hub.Connect("ada", old.deliver)
		endYoung := hub.Connect("ada", young.deliver)
		endOld()
		endOld()
		if !hub.Notify("ada", "hello") {
			t.Error("ada connected anew, then her old connection was ended, and a message for her was not accepted")
		}
		young.mustHave(t, "a message for ada's new connection", "hello")
		old.mustHave(t, "a message after ada connected anew")
		endYoung()
		if hub.Notify("ada", "hello") {
			t.Error("ada's connections have both ended, and a message for her was accepted")
		}
	})
}
