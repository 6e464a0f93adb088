package attr

import (
	"fmt"
	"testing"
)

func TestAttr(t *testing.T) {
	t.Attr("colour", "blue and green")
	fmt.Fprintln(t.Output(), "through t.Output")
	fmt.Fprint(t.Output(), "without an end")
	t.Run("child", func(t *testing.T) { t.Attr("size", "3") })
}
