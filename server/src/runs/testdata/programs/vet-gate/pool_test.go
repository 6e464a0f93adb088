package pool

import (
	"testing"
)

func TestShow(t *testing.T) { Show(1) }
