package bus

import "sync"

// Bus calls every subscriber for every published topic.
type Bus struct {
	mu   sync.Mutex
	subs map[int]func(string)
	next int
}

func New() *Bus { return &Bus{subs: make(map[int]func(string))} }

// Subscribe registers fn and returns a function that removes it again.
func (b *Bus) Subscribe(fn func(topic string)) (cancel func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	id := b.next
	b.next++
	b.subs[id] = fn
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		delete(b.subs, id)
	}
}

func (b *Bus) Publish(topic string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, fn := range b.subs {
		fn(topic)
	}
}
