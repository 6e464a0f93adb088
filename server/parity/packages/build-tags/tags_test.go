package tags

import "testing"

func TestTags(t *testing.T) { t.Log(on) }
