package global

// N counts everything that happens.
var N int

// Add counts one.
func Add() {
	N++
}

// Read returns the count.
func Read() int {
	return N
}
