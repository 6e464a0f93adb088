package pool

import (
	"testing"
)

func TestFine(t *testing.T) {}

func TestCloseTwice(t *testing.T) {
	p := New()
	p.Close()
	p.Close()
}

func TestAfter(t *testing.T) {}
