package alive

import "testing"

func TestDo(t *testing.T) { Do() }
