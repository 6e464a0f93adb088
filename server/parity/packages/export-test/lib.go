package lib

type counter struct{ n int }

func (c *counter) add() int { c.n++; return c.n }
