package flags

import (
	"errors"
	"testing"
)

func TestOverrideWins(t *testing.T) {
	f := New(func(string) (bool, error) { return false, errors.New("offline") })
	f.Override("dark-mode", true)
	if on, err := f.Enabled("dark-mode"); !on || err != nil {
		t.Errorf("Enabled = %v, %v", on, err)
	}
	if _, err := f.Enabled("beta"); err == nil {
		t.Error("want the error of the source")
	}
}

func TestEnabledAsksSource(t *testing.T) {
	f := New(func(name string) (bool, error) { return name == "beta", nil })
	if on, err := f.Enabled("beta"); !on || err != nil {
		t.Errorf("Enabled = %v, %v", on, err)
	}
}
