package lib

func F() int { return "one" }
