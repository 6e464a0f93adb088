package counter

type Counter struct{ n int }

func (c *Counter) Add() { c.n++ }

func (c *Counter) Value() int { return c.n }
