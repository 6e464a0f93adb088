package evidence

import (
	"flag"
	"sync"
	"time"

	"gosandbox/evidence/first"
)

// repeats ends the repetitions of a run that is repeated for a time, not for a number of times: how long tests take is not
// known before. The supervisor asks for far more repetitions than fit (-test.count); package testing looks at that number
// after each of them.
var repeats repetitions

type repetitions struct {
	sync.Mutex
	until time.Time
	// counted is the one test whose starts and ends are reported: they say how many repetitions there were.
	counted string
}

func (r *repetitions) begin() {
	if wanted := first.RepeatFor(); wanted > 0 {
		r.until = time.Now().Add(wanted)
	}
}

// reports tells whether a test that begins is to be reported, and ends the repetitions after this one when time is up.
func (r *repetitions) reports(test string) bool {
	r.Lock()
	defer r.Unlock()
	if r.until.IsZero() {
		return true
	}
	if time.Now().After(r.until) {
		_ = flag.Set("test.count", "1")
	}
	if r.counted == "" {
		r.counted = test
	}
	return r.counted == test
}
