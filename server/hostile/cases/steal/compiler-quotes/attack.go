package attack

func Logf(format int, args ...int) {}

func Secret(n string) struct{ quoted int } { return struct{ quoted int }{} }
