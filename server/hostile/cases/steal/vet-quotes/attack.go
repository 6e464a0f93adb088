package attack

import "fmt"

// Logf becomes a printf wrapper, which the hidden test does not expect: vet then quotes the argument that does not fit.
func Logf(format string, args ...any) {
	_ = fmt.Sprintf(format, args...)
}

func Secret(n int) string { return "" }
