package unicode

type Größe struct{ Länge float64 }

func (g Größe) 世界() string { return "hello, 世界" }
