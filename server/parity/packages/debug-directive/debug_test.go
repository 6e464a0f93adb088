//go:debug panicnil=1
package setting

import "testing"

// In a test file of the package the directive is honoured: panic(nil) recovers as nil.
func TestPanicNil(t *testing.T) {
	defer func() { t.Log(recover()) }()
	panic(nil)
}
