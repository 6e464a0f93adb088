package alias

import (
	tt "testing"
)

func TestAlias(t *tt.T) { t.Log("the import's name does not matter") }

func BenchmarkAlias(b *tt.B) {}
