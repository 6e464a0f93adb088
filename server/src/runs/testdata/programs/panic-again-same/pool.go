package pool

import "sync"

var held sync.Mutex

func price(prices map[string][]int, item string) int {
	return prices[item][0]
}

func Run() {
	held.Lock()
	defer func() {
		held.Unlock()
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	price(nil, "tea")
}
