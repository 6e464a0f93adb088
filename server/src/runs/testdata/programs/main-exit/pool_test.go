package pool

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	m.Run()
	os.Exit(4)
}

func TestOne(t *testing.T) {}
