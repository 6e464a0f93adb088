//go:build goexperiment.jsonv2

package tags

func init() { on = append(on, "jsonv2") }
