package lib

import "fmt"

// Logf is a wrapper that vet must know from the package's own facts.
func Logf(format string, args ...any) { fmt.Printf(format, args...) }
