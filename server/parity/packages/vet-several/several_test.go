package several

import "testing"

func TestSeveral(t *testing.T) {}
