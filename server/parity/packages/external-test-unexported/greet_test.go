package greet_test

import (
	"testing"

	"example.com/external-test-unexported"
)

func TestHidden(t *testing.T) { greet.hidden() }
