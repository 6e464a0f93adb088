package vetted

import "testing"

func TestX(t *testing.T) {
	go func() { t.Fatal("no") }()
}

func Testlower(t *testing.T, x int) {}
