package pool

// Run calls a job in a goroutine of its own and waits for it.
func Run(job func()) {
	done := make(chan bool)
	go func() {
		defer close(done)
		job()
	}()
	<-done
}
