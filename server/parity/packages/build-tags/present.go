//go:build go1.26 && !go1.27 && (amd64 || arm64) && gc

package tags

func init() { on = append(on, "go1.26") }
