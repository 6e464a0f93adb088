//go:build !race

package tags

func init() { on = append(on, "not race") }
