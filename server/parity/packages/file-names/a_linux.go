package names

func init() { seen = append(seen, "linux") }
