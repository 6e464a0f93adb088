package names

func init() { seen = append(seen, "linux_amd64") }
