package file

import "testing"

func TestShared(t *testing.T) { t.Log("shared:", Shared()) }
