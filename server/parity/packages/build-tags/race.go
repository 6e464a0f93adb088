//go:build race

package tags

func init() { on = append(on, "race") }
