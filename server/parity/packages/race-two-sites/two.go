package two

type Stats struct{ hits, misses int }

func (s *Stats) Hit()  { s.hits++ }
func (s *Stats) Miss() { s.misses++ }
