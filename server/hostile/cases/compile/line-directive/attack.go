package attack

func Logf(format string, args ...any) {}

//line /etc/passwd:1
func Secret(n int) string { return n }

//line hidden_test.go:10
var broken int = "text"

/*line ../../../../proc/self/environ:1:1*/ var again int = "text"
