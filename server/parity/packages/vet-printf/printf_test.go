package printf

import "testing"

func TestDescribe(t *testing.T) { t.Errorf("%d", Describe(1)) }
