package values

import "testing"

type code int

func (c code) Error() string { return "code seventeen" }

func TestError(t *testing.T) { panic(code(17)) }
