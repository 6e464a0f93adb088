package fetch

import "time"

// Watch lives longer than its test, but not for ever.
func Watch() {
	go func() { time.Sleep(time.Minute) }()
}
