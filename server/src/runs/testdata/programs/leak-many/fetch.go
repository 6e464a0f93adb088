package fetch

// First returns the first answer and forgets the others.
func First(n int) int {
	out := make(chan int)
	for i := range n {
		go func() { out <- i }()
	}
	return <-out
}
