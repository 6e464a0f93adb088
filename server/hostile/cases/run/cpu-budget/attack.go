package attack

import "time"

func Run() {
	for start := time.Now(); time.Since(start) < 8*time.Second; {
	}
}
