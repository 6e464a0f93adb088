package prober

import (
	"errors"
	"maps"
	"testing"
	"time"
)

func dial(host string) error {
	switch host {
	case "mail":
		return ErrRefused
	case "old":
		return errors.New("no route to host")
	}
	time.Sleep(2 * time.Millisecond)
	return nil
}

func TestCheckReportsEveryHost(t *testing.T) {
	p := &Prober{Dial: dial}
	want := map[string]string{"www": "up", "mail": "refused", "api": "up", "old": "down"}
	if got := p.Check("www", "mail", "api", "old"); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
