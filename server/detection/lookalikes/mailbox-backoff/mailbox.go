// Package mailbox reads letters by polling.
package mailbox

import "time"

const (
	minPause = 100 * time.Microsecond
	maxPause = 4 * time.Millisecond
)

// Mailbox holds letters that nobody has read.
type Mailbox struct {
	letters chan string
}

// New returns a mailbox with room for n letters.
func New(n int) *Mailbox {
	return &Mailbox{letters: make(chan string, n)}
}

// Put adds a letter. It waits while the mailbox is full.
func (m *Mailbox) Put(letter string) { m.letters <- letter }

// Close tells the reader that no more letters will come.
func (m *Mailbox) Close() { close(m.letters) }

// Poll reads letters until the mailbox is closed and empty. It returns how
// often it found nothing.
func (m *Mailbox) Poll(read func(string)) (idle int) {
	pause := minPause
	for {
		select {
		case letter, ok := <-m.letters:
			if !ok {
				return idle
			}
			read(letter)
			pause = minPause
		default:
			idle++
			time.Sleep(pause)
			pause = min(2*pause, maxPause)
		}
	}
}
