package pool

import "fmt"

func price(prices map[string][]int, item string) int {
	return prices[item][0]
}

func Run(id int) {
	defer func() {
		if r := recover(); r != nil {
			panic(fmt.Sprintf("job %d died: %v", id, r))
		}
	}()
	price(nil, "tea")
}
