package unicode

import "testing"

func TestUnicode(t *testing.T) { t.Error(Größe{1}.世界()) }
