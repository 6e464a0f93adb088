package rpc

import (
	"strings"
	"testing"
)

func TestUnknownMethodDoesNotStopTheServer(t *testing.T) {
	c := Dial(map[string]Method{"upper": strings.ToUpper})
	defer c.Close()
	got := make(chan string, 2)
	c.Go("reverse", "abc", func(s string) { got <- s })
	c.Go("upper", "abc", func(s string) { got <- s })
	if s := <-got; s != "ABC" {
		t.Errorf("upper(abc) = %q", s)
	}
}
