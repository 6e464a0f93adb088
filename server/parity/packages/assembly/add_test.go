package assembly

import "testing"

func TestAdd(t *testing.T) { t.Log(add(1, 2)) }
