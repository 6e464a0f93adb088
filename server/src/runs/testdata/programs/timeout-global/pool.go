package pool

var Jobs = make(chan int)

func Take() int {
	return <-Jobs
}
