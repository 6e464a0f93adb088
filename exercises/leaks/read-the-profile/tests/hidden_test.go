package notify_test

import (
	"fmt"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"sandbox/notify"
)

// filled connects ada with a delivery that waits for release, and sends her as many messages as are accepted.
func filled(t *testing.T, hub *notify.Hub) (p *phone, release func(), disconnect func(), accepted []string) {
	t.Helper()
	p = &phone{}
	gate := make(chan struct{})
	disconnect = hub.Connect("ada", func(frame []byte) {
		<-gate
		p.deliver(frame)
	})
	if !hub.Notify("ada", "first") {
		t.Error("ada is online, and her first message was not accepted")
	}
	synctest.Wait() // the first one is being delivered
	accepted = []string{"first"}
	for i := range 16 {
		message := fmt.Sprint("waiting ", i)
		if !hub.Notify("ada", message) {
			t.Errorf("one message is being delivered and %d are waiting: the next was not accepted", i)
		}
		accepted = append(accepted, message)
	}
	return p, sync.OnceFunc(func() { close(gate) }), disconnect, accepted
}

func TestAFullConnectionAcceptsNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		ada, release, disconnect, accepted := filled(t, hub)
		defer disconnect()
		defer release()
		if hub.Notify("ada", "one too many") {
			t.Error("16 messages are waiting for ada, and one more was accepted")
		}
		release()
		ada.mustHave(t, "17 accepted messages", accepted...)
	})
}

// Whichever way a connection ends: what it has accepted is delivered, and nothing later.
func TestWhatWasAcceptedIsDelivered(t *testing.T) {
	ends := map[string]func(hub *notify.Hub, disconnect func()){
		"disconnect": func(_ *notify.Hub, disconnect func()) { disconnect() },
		"Close":      func(hub *notify.Hub, _ func()) { hub.Close() },
		"a new connection of the same user": func(hub *notify.Hub, _ func()) {
			hub.Connect("ada", func([]byte) {})()
		},
	}
	for how, end := range ends {
		t.Run(how, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				hub := notify.New()
				ada, release, disconnect, accepted := filled(t, hub)
				defer release()
				end(hub, disconnect) // does not wait for the delivery, which is held up
				if hub.Notify("ada", "late") {
					t.Errorf("ada's connection was ended by %s, and a message for her was accepted", how)
				}
				release()
				ada.mustHave(t, "17 messages were accepted before the end by "+how, accepted...)
				disconnect()
				disconnect() // does nothing any more
			})
		})
	}
}

func TestWhoIsQuietStaysOnline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		var ada phone
		disconnect := hub.Connect("ada", ada.deliver)
		defer disconnect()
		time.Sleep(48 * time.Hour) // virtual
		if !hub.Notify("ada", "good morning") {
			t.Error("ada is online and got nothing for two days, and a message for her was not accepted")
		}
		ada.mustHave(t, "a message after two quiet days", "good morning")
	})
}

func TestDeliveryMayCallTheHub(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		var bob phone
		endBob := hub.Connect("bob", bob.deliver)
		defer endBob()
		var young phone
		done := make(chan struct{})
		hub.Connect("ada", func(frame []byte) {
			defer close(done)
			hub.Notify("bob", string(frame))
			hub.Connect("ada", young.deliver) // replaces the connection that is just delivering
		})
		hub.Notify("ada", "pass it on")
		<-done
		bob.mustHave(t, "a message that ada passed on", "pass it on")
		hub.Notify("ada", "for the new one")
		young.mustHave(t, "a message after ada connected anew while one was delivered", "for the new one")
		hub.Close()
	})
}

func TestClose(t *testing.T) {
	hub := notify.New()
	for i := range 5 {
		defer hub.Connect(fmt.Sprint("user ", i), func([]byte) {})()
	}
	hub.Close()
	hub.Close()
	disconnect := hub.Connect("late", func([]byte) { t.Error("a message was delivered to who connected after Close") })
	if hub.Notify("late", "hello") || hub.Notify("user 1", "hello") {
		t.Error("a message was accepted after Close")
	}
	disconnect()
}

// Each goroutine does one thing and ends: nothing but the hub orders what they do, and what it leaves unguarded is a race.
func TestEverybodyAtOnce(t *testing.T) {
	for range 5 {
		hub := notify.New()
		hub.Connect("ada", func([]byte) {})
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() { hub.Notify("ada", "news") })
			wg.Go(func() { hub.Connect("ada", func([]byte) {}) })
			wg.Go(func() { hub.Connect("bob", func([]byte) {})() })
			wg.Go(func() { hub.Notify("bob", "news") })
		}
		wg.Wait()
		if !hub.Notify("ada", "good night") {
			t.Error("ada connected several times and never went, and a message for her was not accepted")
		}
		hub.Close()
	}
}

func TestUsersAreApart(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		hub := notify.New()
		held, release, endHeld, accepted := filled(t, hub)
		defer endHeld()
		defer release()
		var bob phone
		endBob := hub.Connect("bob", bob.deliver)
		defer endBob()
		hub.Notify("bob", "hello")
		bob.mustHave(t, "ada's delivery is held up and bob got a message", "hello")
		held.mustHave(t, "ada's delivery is held up")
		release()
		held.mustHave(t, "ada's delivery went on", accepted...)
	})
}
