package words

import "testing"

func TestBytes(t *testing.T) { t.Log(Bytes("go"), Size()) }
