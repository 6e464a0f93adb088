package pool

type C struct{ n int }

func (c *C) Inc() {
	for range 100 {
		c.n++
	}
}
