package attack

// Every level holds the next one twice: no memory at all, and 2^40 paths to a lock.
type level40 struct{}

type level39 struct{ a, b level40 }

type level38 struct{ a, b level39 }

type level37 struct{ a, b level38 }

type level36 struct{ a, b level37 }

type level35 struct{ a, b level36 }

type level34 struct{ a, b level35 }

type level33 struct{ a, b level34 }

type level32 struct{ a, b level33 }

type level31 struct{ a, b level32 }

type level30 struct{ a, b level31 }

type level29 struct{ a, b level30 }

type level28 struct{ a, b level29 }

type level27 struct{ a, b level28 }

type level26 struct{ a, b level27 }

type level25 struct{ a, b level26 }

type level24 struct{ a, b level25 }

type level23 struct{ a, b level24 }

type level22 struct{ a, b level23 }

type level21 struct{ a, b level22 }

type level20 struct{ a, b level21 }

type level19 struct{ a, b level20 }

type level18 struct{ a, b level19 }

type level17 struct{ a, b level18 }

type level16 struct{ a, b level17 }

type level15 struct{ a, b level16 }

type level14 struct{ a, b level15 }

type level13 struct{ a, b level14 }

type level12 struct{ a, b level13 }

type level11 struct{ a, b level12 }

type level10 struct{ a, b level11 }

type level9 struct{ a, b level10 }

type level8 struct{ a, b level9 }

type level7 struct{ a, b level8 }

type level6 struct{ a, b level7 }

type level5 struct{ a, b level6 }

type level4 struct{ a, b level5 }

type level3 struct{ a, b level4 }

type level2 struct{ a, b level3 }

type level1 struct{ a, b level2 }

type level0 struct{ a, b level1 }

func pass(l level0) level0 { return l }

func Run() {
	var l level0
	l = pass(l)
}
