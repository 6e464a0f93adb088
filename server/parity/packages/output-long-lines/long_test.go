package long

import (
	"fmt"
	"strings"
	"testing"
)

func TestLong(t *testing.T) {
	fmt.Println(strings.Repeat("a", 3000))
	fmt.Println(strings.Repeat("b", 5000))
	fmt.Println(strings.Repeat("c", 20000))
	fmt.Println(strings.Repeat("ä", 5000))
	t.Log(strings.Repeat("d", 10000))
}
