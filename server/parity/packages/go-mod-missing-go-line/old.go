package old

func First[T any](items []T) T { return items[0] }
