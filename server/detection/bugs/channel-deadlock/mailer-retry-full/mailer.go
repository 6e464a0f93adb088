package mailer

import "sync"

const maxAttempts = 3

type job struct {
	to      string
	attempt int
}

// Mailer delivers mail in the background and tries again on failure.
type Mailer struct {
	send   func(to string, attempt int) error
	jobs   chan job
	open   sync.WaitGroup
	worker sync.WaitGroup
}

func New(buffer int, send func(to string, attempt int) error) *Mailer {
	m := &Mailer{send: send, jobs: make(chan job, buffer)}
	m.worker.Go(m.run)
	return m
}

// Submit queues one mail.
func (m *Mailer) Submit(to string) {
	m.open.Add(1)
	m.jobs <- job{to: to, attempt: 1}
}

func (m *Mailer) run() {
	for j := range m.jobs {
		err := m.send(j.to, j.attempt)
		if err != nil && j.attempt < maxAttempts {
			m.jobs <- job{to: j.to, attempt: j.attempt + 1}
			continue
		}
		m.open.Done()
	}
}

// Close returns once all mail is delivered or given up.
func (m *Mailer) Close() {
	m.open.Wait()
	close(m.jobs)
	m.worker.Wait()
}
