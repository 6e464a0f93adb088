package syntax

func Add(a, b int) int {
	return a +
}

func Sub(a, b int int { return a - b }
