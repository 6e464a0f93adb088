// Package ring is a queue of fixed size.
package ring

type Ring struct {
	items []int
	limit int
}

func New(limit int) *Ring { return &Ring{limit: limit} }

func (r *Ring) Push(item int) bool {
	if len(r.items) == r.limit {
		return false
	}
	r.items = append(r.items, item)
	return true
}

func (r *Ring) Len() int { return len(r.items) }
