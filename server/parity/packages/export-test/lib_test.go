package lib_test

import (
	"testing"

	. "example.com/export-test"
)

func TestAdd(t *testing.T) {
	var c Counter
	t.Log(c.Add(), Start)
}
