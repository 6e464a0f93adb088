package many

import "testing"

func TestMany(t *testing.T) {}
