package pool

func Size() int { return 2 }
