//go:build integration

package tags

func init() { on = append(on, "integration") }
