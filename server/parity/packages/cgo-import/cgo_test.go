package cgo

import "testing"

func TestTwice(t *testing.T) { t.Log(Twice(2)) }
