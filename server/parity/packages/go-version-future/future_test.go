package future

import "testing"

func TestFuture(t *testing.T) {}
