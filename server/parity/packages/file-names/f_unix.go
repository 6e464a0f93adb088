package names

func init() { seen = append(seen, "unix is no file name constraint") }
