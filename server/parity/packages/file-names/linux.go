package names

func init() { seen = append(seen, "a bare linux.go is no constraint") }
