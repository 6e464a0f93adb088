package broken

import "testing"

func TestSecret(t *testing.T) {
	p := &Pool{}
	p.Secret("the hidden answer")
	Take("another secret")
}

func TestSecret(t *testing.T) {}
