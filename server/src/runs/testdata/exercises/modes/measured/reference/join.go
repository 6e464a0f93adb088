package join

import "strings"

// Join puts all parts together.
func Join(parts []string) string {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	var all strings.Builder
	all.Grow(size)
	for _, part := range parts {
		all.WriteString(part)
	}
	return all.String()
}
