package wordcount

import "strings"

type result struct {
	doc   int
	words int
}

// Count returns the number of words of each document.
func Count(docs []string, workers int) []int {
	counts := make([]int, len(docs))
	if len(docs) == 0 {
		return counts
	}
	jobs := make(chan int)
	results := make(chan result, workers)
	for range workers {
		go func() {
			for i := range jobs {
				results <- result{i, len(strings.Fields(docs[i]))}
				if i == len(docs)-1 {
					close(results)
				}
			}
		}()
	}
	go func() {
		defer close(jobs)
		for i := range docs {
			jobs <- i
		}
	}()
	for r := range results {
		counts[r.doc] = r.words
	}
	return counts
}
