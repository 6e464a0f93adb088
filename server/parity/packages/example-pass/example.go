package example

type Box struct{ N int }

func (b Box) Double() int { return b.N * 2 }
