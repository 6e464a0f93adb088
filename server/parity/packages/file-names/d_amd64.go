package names

func init() { seen = append(seen, "amd64") }
