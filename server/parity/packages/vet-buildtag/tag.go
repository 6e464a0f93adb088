//go:build linux
// +build darwin

package tag

func F() {}
