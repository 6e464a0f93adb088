package cycle

var a = b + 1
var b = f()

func f() int { return a }
