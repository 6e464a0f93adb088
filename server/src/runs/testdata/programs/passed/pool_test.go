package pool

import (
	"fmt"
	"testing"
)

func TestOne(t *testing.T) { t.Log("one") }

func TestTwo(t *testing.T) {
	t.Run("a", func(t *testing.T) { t.Parallel() })
	t.Run("b", func(t *testing.T) { t.Parallel() })
}

func ExampleNew() {
	fmt.Println(New() != nil)
	// Output: true
}
