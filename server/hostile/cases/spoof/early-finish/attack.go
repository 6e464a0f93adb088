package attack

import (
	"os"
	"time"
)

func Answer() int {
	go func() {
		time.Sleep(time.Millisecond)
		os.Exit(0)
	}()
	return 41
}
