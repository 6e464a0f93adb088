package lib

type Counter = counter

func (c *counter) Add() int { return c.add() }

var Start = 41
