package lib

func helper() int { return F() }
