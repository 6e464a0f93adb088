package attack

type pair[T any] struct{ a, b T }

func grow[T any](depth int) {
	if depth > 0 {
		grow[pair[T]](depth - 1)
	}
}

func Run() { grow[int](1 << 30) }
