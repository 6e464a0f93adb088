package lib

func Double(n int) int { return double(n) }

func double(n int) int { return n * 2 }
