package ring

import "testing"

func TestPush(t *testing.T) {
	for _, limit := range []int{0, 1, 3} {
		t.Run("limit", func(t *testing.T) {
			r := New(limit)
			for i := range limit {
				if !r.Push(i) {
					t.Errorf("push %d of %d was refused", i, limit)
				}
			}
			if r.Push(limit) {
				t.Error("push beyond the limit was taken")
			}
			t.Logf("holds %d", r.Len())
		})
	}
}

func TestLen(t *testing.T) {
	t.Run("empty", func(t *testing.T) {
		if n := New(1).Len(); n != 0 {
			t.Fatalf("len %d", n)
		}
	})
	t.Run("wrong on purpose", func(t *testing.T) {
		r := New(2)
		r.Push(1)
		if n := r.Len(); n != 2 {
			t.Errorf("len %d, want 2", n)
		}
	})
	t.Run("after the failure", func(t *testing.T) {
		t.Log("still runs")
	})
}
