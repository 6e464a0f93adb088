package hits

import "net/http"

// Counter is middleware that counts requests per path.
type Counter struct {
	next http.Handler
	hits map[string]int
}

func New(next http.Handler) *Counter {
	return &Counter{next: next, hits: make(map[string]int)}
}

func (c *Counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.hits[r.URL.Path]++
	c.next.ServeHTTP(w, r)
}

// Hits reports how often path has been requested.
func (c *Counter) Hits(path string) int { return c.hits[path] }
