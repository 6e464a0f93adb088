package pool

import (
	"testing"
)

func TestQuit(t *testing.T) { Quit() }

func TestNever(t *testing.T) {}
