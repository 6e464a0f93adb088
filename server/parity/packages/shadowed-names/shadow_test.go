package shadow

import "testing"

func TestLen(t *testing.T) { t.Log(Len()) }
