package types

type Shape interface{ Area() float64 }

type Square struct{ side float64 }

func (s *Square) Area() float64 { return s.side * s.side }

func Make() Shape { return Square{side: "one"} }

func Name() string { return 42 }

func Missing() int { undefined() }
