package wrong

import "testing"

func BenchmarkTakesT(t *testing.T) {}

func FuzzTakesT(t *testing.T) {}
