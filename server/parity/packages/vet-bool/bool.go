package boolean

func Is(n int) bool { return n == 1 || n == 1 }

func Not(n int) bool { return n != 1 || n != 2 }
