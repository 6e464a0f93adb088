package attack

func Run() {
	never := make(chan int)
	<-never
}
