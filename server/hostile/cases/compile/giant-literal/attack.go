package attack

var table = [...]int64{1 << 28: 1, 0: 7}

func Run() { println(table[1<<28]) }
