package names

func init() { seen = append(seen, "arm64") }
