package evidence

import (
	"regexp"
	"runtime"
	"time"

	"gosandbox/evidence/first"
)

// baseline is what says which goroutines at the end were there before the tests. Those of the tested packages' init were
// not: nobody but the candidate started them. Those that TestMain starts before the tests are its fixtures, which it may
// end after them; only proof makes one of them a leak.
var baseline base

type base struct {
	// mainBegins counts what lives when all packages are initialised, fixtures what TestMain added before the first test.
	mainBegins, fixtures int
	begun                bool
}

func (b *base) mainBegan() { b.mainBegins = runtime.NumGoroutine() }

// testsBegin is called once more where TestMain runs its tests twice: what the first run left is no fixture of the second.
func (b *base) testsBegin() {
	if b.begun {
		return
	}
	b.begun = true
	b.fixtures = max(0, runtime.NumGoroutine()-b.mainBegins)
}

func (b *base) surplus() int { return runtime.NumGoroutine() - first.Goroutines() }

// settleFor is how long goroutines that merely need a moment get to end.
const settleFor = 20 * time.Millisecond

// settle waits until no more goroutines live than were there before the tests, at most settleFor. It tells whether there
// are any to look at, fixtures too.
func (b *base) settle() bool {
	deadline := time.Now().Add(settleFor)
	for b.surplus() > b.fixtures && time.Now().Before(deadline) {
		time.Sleep(time.Millisecond)
	}
	return b.surplus() > 0
}

// signalLoop is the goroutine that package os/signal starts once and never ends: it belongs to nobody who could end it.
var signalLoop = regexp.MustCompile(`(?m)^created by os/signal\.Notify\.`)

// left is how many goroutines stay that are neither fixtures nor std's own; all leaked ones are among them.
func (b *base) left(dump []byte, leaked int) int {
	return max(leaked, b.surplus()-b.fixtures-len(signalLoop.FindAll(dump, -1)))
}
