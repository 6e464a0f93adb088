package pool

import "testing"

func TestGet(t *testing.T) { Get("word") }
