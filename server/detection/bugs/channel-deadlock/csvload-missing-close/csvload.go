package csvload

import (
	"fmt"
	"strconv"
	"strings"
)

type record struct {
	account string
	cents   int
}

func parse(lines []string, out chan<- record, errc chan<- error) {
	for i, line := range lines {
		account, amount, ok := strings.Cut(line, ";")
		if !ok {
			continue
		}
		cents, err := strconv.Atoi(amount)
		if err != nil {
			errc <- fmt.Errorf("line %d: %w", i+1, err)
			return
		}
		out <- record{account, cents}
	}
	close(out)
	errc <- nil
}

// Load sums up the amounts per account.
func Load(lines []string) (map[string]int, error) {
	out, errc := make(chan record), make(chan error, 1)
	go parse(lines, out, errc)

	totals := make(map[string]int)
	for r := range out {
		totals[r.account] += r.cents
	}
	if err := <-errc; err != nil {
		return nil, err
	}
	return totals, nil
}
