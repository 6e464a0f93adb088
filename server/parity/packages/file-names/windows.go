package names

func init() { seen = append(seen, "nor is a bare windows.go") }
