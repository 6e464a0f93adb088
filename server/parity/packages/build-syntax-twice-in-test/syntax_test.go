package syntax

import "testing"

func TestOne(t *testing.T) {
	x := = 1
}

func TestTwo(t *testing.T) {
	if { }
}
