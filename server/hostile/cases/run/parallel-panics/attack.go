package attack

import "fmt"

func Run() {
	start := make(chan bool)
	for i := range 100 {
		go func() {
			<-start
			fmt.Println("about to panic", i)
			panic(fmt.Sprint("panic number ", i))
		}()
	}
	close(start)
	select {}
}
