package counter

// Counter counts.
type Counter struct{ hits int }

// Hit counts one.
func (c *Counter) Hit() { c.hits++ }

// Count tells how many there were.
func (c *Counter) Count() int { return c.hits }
