//go:build race

package attack

func Hit() {}

func Hits() int { return 0 }
