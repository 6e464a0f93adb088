package initial

var shared int

func init() {
	done := make(chan bool)
	go func() {
		shared = 1
		close(done)
	}()
	shared = 2
	<-done
}
