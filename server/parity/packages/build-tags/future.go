//go:build go1.99

package tags

func init() { on = append(on, "go1.99") }
