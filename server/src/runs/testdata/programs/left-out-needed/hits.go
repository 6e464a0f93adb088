//go:build ignore

package hits

func Count() int { return 1 }
