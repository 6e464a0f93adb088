package attack

func Run() { println(descend(0)) }

func descend(n int) int {
	var space [64]int
	space[n%64] = n
	return descend(n+1) + space[(n+1)%64]
}
