package directives

//go:debug panicnil=1

func F() {}
