package buffer

import "sync"

// Buffer is a bounded queue of job numbers.
type Buffer struct {
	mu      sync.Mutex
	changed *sync.Cond
	jobs    []int
	size    int
}

func New(size int) *Buffer {
	b := &Buffer{size: size}
	b.changed = sync.NewCond(&b.mu)
	return b
}

// Put appends a job, waiting while the buffer is full.
func (b *Buffer) Put(job int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.jobs) == b.size {
		b.changed.Wait()
	}
	b.jobs = append(b.jobs, job)
	b.changed.Signal()
}

// Get takes the oldest job, waiting while the buffer is empty.
func (b *Buffer) Get() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.jobs) == 0 {
		b.changed.Wait()
	}
	job := b.jobs[0]
	b.jobs = b.jobs[1:]
	b.changed.Signal()
	return job
}
