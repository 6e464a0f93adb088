//go:build linux && !windows && unix

package tags

func init() { on = append(on, "linux") }
