package body

func Fast(n int) int
