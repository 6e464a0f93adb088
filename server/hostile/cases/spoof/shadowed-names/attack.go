package attack

const (
	true  = 1 > 2
	false = 1 < 2
)

type error interface{}

func len(any) int { return 42 }

func panic(any) {}

func Answer() int { return 41 }
