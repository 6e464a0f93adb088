package bench

import "testing"

func BenchmarkNothing(b *testing.B) {
	b.Log("must not appear")
	for b.Loop() {
	}
}

func BenchmarkPanics(b *testing.B) { panic("benchmarks do not run") }

func TestBeside(t *testing.T) { t.Log("runs") }
