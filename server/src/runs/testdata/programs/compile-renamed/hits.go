package hits

type Counter struct{ hits int }

func (c *Counter) hit() { c.hits++ }
