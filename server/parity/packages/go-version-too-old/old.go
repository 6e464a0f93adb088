package old

func First[T any](items []T) T { return items[0] }

func Count() int {
	n := 0
	for range 3 {
		n++
	}
	return n
}
