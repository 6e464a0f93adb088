package attack

import (
	"testing"
	_ "unsafe"
)

//go:linkname shouldFailFast testing.shouldFailFast
func shouldFailFast() bool

//go:linkname fail testing.(*common).Fail
func fail(t *testing.T)

func Answer() int {
	println(shouldFailFast())
	return 41
}
