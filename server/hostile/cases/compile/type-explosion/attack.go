package attack

type pair[T any] struct{ a, b T }

type enormous = pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[pair[[4096]int]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]

var sink enormous

func Run() { println(len(any(sink).(interface{ Name() string }).Name())) }
