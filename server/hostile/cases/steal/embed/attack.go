package attack

import _ "embed"

//go:embed hidden_test.go
var source string

func Logf(format string, args ...any) {}

func Secret(n int) string { return source }

func init() { println(source) }
