//go:build ignore

package attack

func Run() {}
