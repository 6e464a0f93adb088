package missing

import (
	"testing"
	"testing/nosuch"
)

func TestMissing(t *testing.T) { nosuch.F() }
