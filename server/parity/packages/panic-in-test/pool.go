package pool

func Pop(items []int) int { return items[len(items)-1] }
