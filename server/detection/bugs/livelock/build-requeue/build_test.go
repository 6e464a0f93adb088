package build

import (
	"errors"
	"testing"
)

func TestFailedDependency(t *testing.T) {
	ok := func() error { return nil }
	errs := All([]Target{
		{"link", []string{"parse", "compile"}, ok},
		{"parse", nil, ok},
		{"compile", []string{"parse"}, func() error { return errors.New("syntax error") }},
	}, 2)
	if errs["compile"] == nil || errs["parse"] != nil {
		t.Errorf("errors: %v", errs)
	}
}
