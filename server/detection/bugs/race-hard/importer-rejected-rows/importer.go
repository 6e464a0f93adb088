package importer

import (
	"strconv"
	"strings"
	"sync"
)

// Result sums up one import.
type Result struct {
	Stock    map[string]int
	Rejected []string
}

// Import reads "sku,quantity" rows with several workers.
func Import(rows []string, workers int) Result {
	var (
		mu  sync.Mutex
		wg  sync.WaitGroup
		res = Result{Stock: make(map[string]int)}
		in  = make(chan string)
	)
	for range workers {
		wg.Go(func() {
			for row := range in {
				sku, qty, _ := strings.Cut(row, ",")
				n, err := strconv.Atoi(qty)
				if err != nil {
					res.Rejected = append(res.Rejected, row)
					continue
				}
				mu.Lock()
				res.Stock[sku] += n
				mu.Unlock()
			}
		})
	}
	for _, row := range rows {
		in <- row
	}
	close(in)
	wg.Wait()
	return res
}
