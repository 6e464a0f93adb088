package geo

import "testing"

func TestNearest(t *testing.T) {
	index := Load()
	open := 0
	t.Cleanup(func() {
		if open != 0 {
			t.Errorf("index closed with %d users", open)
		}
	})
	t.Cleanup(func() {
		index.Close()
		open--
	})
	open++

	for city, point := range map[string]Point{
		"Aachen":   {-20, 3},
		"Bonn":     {80, -30},
		"Cologne":  {60, 20},
		"Dortmund": {200, 200},
	} {
		t.Run(city, func(t *testing.T) {
			t.Parallel()
			for range 50 {
				if got := index.Nearest(point); got != city {
					t.Errorf("nearest to %v is %q, want %q", point, got, city)
				}
			}
		})
	}
}
