// Package feed pages through the entries of a feed.
package feed

// Entry is one item of a feed.
type Entry struct {
	Page, Index int
}

// Source returns the entries of a page, none after the last one.
type Source func(page int) []Entry

// Reader reads ahead while its user works on the entries.
type Reader struct {
	entries chan Entry
}

// Open starts to read the source from its first page.
func Open(src Source) *Reader {
	r := &Reader{entries: make(chan Entry, 2)}
	go r.prefetch(src)
	return r
}

func (r *Reader) prefetch(src Source) {
	for page := 0; ; page++ {
		batch := src(page)
		if len(batch) == 0 {
			return
		}
		for _, e := range batch {
			r.entries <- e
		}
	}
}

// Latest returns the first n entries and stops reading.
func (r *Reader) Latest(n int) []Entry {
	defer close(r.entries)
	latest := make([]Entry, 0, n)
	for range n {
		latest = append(latest, <-r.entries)
	}
	return latest
}
