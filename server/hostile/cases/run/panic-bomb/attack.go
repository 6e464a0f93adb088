package attack

import "strings"

type bomb struct{ text string }

func (b bomb) Error() string { panic(bomb{b.text + b.text}) }

func Run() { panic(bomb{strings.Repeat("boom ", 1000)}) }
