package assembly

func add(a, b int64) int64
