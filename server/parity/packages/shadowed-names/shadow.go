package shadow

func len(s string) int { return 7 }

const nil = 0

type error struct{}

func Len() int { return len("x") + nil }
