package attack

import "runtime"

func Run() {
	for range 4 * runtime.NumCPU() {
		go func() {
			for {
			}
		}()
	}
	for {
	}
}
