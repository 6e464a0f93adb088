package greet_test

import (
	"testing"

	"example.com/external-test"
)

func TestHello(t *testing.T) {
	if got := greet.Hello("Go"); got != "hello Go" {
		t.Errorf("got %q", got)
	}
}
