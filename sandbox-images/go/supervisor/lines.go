package main

// lineCutter drops what exceeds a line's limit and says so once per line.
type lineCutter struct {
	limit  int
	length int
}

const cutNotice = "… [line cut]"

func (c *lineCutter) cut(chunk []byte) []byte {
	kept := make([]byte, 0, len(chunk))
	for _, b := range chunk {
		if b == '\n' {
			c.length = 0
			kept = append(kept, b)
			continue
		}
		c.length++
		switch {
		case c.length <= c.limit:
			kept = append(kept, b)
		case c.length == c.limit+1:
			kept = append(kept, cutNotice...)
		}
	}
	return kept
}
