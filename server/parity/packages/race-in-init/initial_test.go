package initial

import "testing"

func TestShared(t *testing.T) { t.Log(shared > 0) }
