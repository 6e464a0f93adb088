package attack

import (
	"fmt"
	"strings"
	"testing"
)

func TestFlood(t *testing.T) {
	for i := 0; ; i++ {
		t.Run(fmt.Sprint(i, strings.Repeat("n", 10_000)), func(t *testing.T) {})
	}
}
