package initial

var table = build()

func build() map[string]int { panic("table is broken") }

func Size() int { return len(table) }
