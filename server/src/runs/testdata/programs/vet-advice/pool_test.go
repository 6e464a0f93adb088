package pool

import (
	"testing"
)

func TestGet(t *testing.T) { _ = Counter{}.Get() }
