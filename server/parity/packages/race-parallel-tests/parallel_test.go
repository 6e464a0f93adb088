package parallel

import "testing"

func TestNoRace(t *testing.T) {
	t.Parallel()
	results := make([]int, 4)
	t.Run("group", func(t *testing.T) {
		for i := range results {
			t.Run("part", func(t *testing.T) {
				t.Parallel()
				results[i] = i
			})
		}
	})
	t.Log(results)
}
