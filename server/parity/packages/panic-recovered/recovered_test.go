package recovered

import (
	"errors"
	"testing"
)

func try(f func()) (err any) {
	defer func() { err = recover() }()
	f()
	return nil
}

func TestRecovered(t *testing.T) {
	t.Log(try(func() { panic("caught") }))
	t.Log(try(func() { panic(errors.New("caught too")) }))
	t.Log(try(func() { panic(nil) }))
}
