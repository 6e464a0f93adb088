// Package geo finds the nearest city.
package geo

import "math"

// Point is a place on a flat map, in kilometres.
type Point struct {
	X, Y float64
}

// Index holds the cities.
type Index struct {
	cities map[string]Point
}

// Load reads the index into memory.
func Load() *Index {
	return &Index{cities: map[string]Point{
		"Aachen":   {0, 0},
		"Bonn":     {75, -20},
		"Cologne":  {65, 15},
		"Dortmund": {110, 85},
	}}
}

// Nearest returns the city closest to a point.
func (x *Index) Nearest(p Point) string {
	nearest, best := "", math.Inf(1)
	for city, at := range x.cities {
		if d := math.Hypot(at.X-p.X, at.Y-p.Y); d < best {
			nearest, best = city, d
		}
	}
	return nearest
}

// Close gives the memory back.
func (x *Index) Close() { x.cities = nil }
