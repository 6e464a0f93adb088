package attack

func Run() {
	block := make(chan bool)
	for range 10_000_000 {
		go func() { <-block }()
	}
	close(block)
}
