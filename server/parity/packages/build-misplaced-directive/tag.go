package tag

//go:build linux

// +build linux

func F() {}
