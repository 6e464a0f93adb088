package join

// Join puts all parts together.
func Join(parts []string) string {
	all := ""
	for _, part := range parts {
		all += part
	}
	return all
}
