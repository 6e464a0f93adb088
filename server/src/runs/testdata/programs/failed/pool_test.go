package pool

import (
	"fmt"
	"testing"
)

func TestFine(t *testing.T) {}

func TestSeats(t *testing.T) {
	t.Run("ten", func(t *testing.T) {})
	t.Run("many buyers", func(t *testing.T) {
		t.Errorf("50 buyers raced for %d seats and 11 bookings were confirmed", 10)
		t.Error("and more")
	})
}

func TestSilent(t *testing.T) { t.Fail() }

func TestSkipped(t *testing.T) { t.Skip("not today") }

func ExampleNew() {
	fmt.Println(New() != nil)
	// Output: false
}
