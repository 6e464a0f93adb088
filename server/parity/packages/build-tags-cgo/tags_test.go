package tags

import "testing"

func TestCgo(t *testing.T) { t.Log("cgo:", cgo) }
