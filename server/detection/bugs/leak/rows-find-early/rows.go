// Package rows parses tab-separated records.
package rows

import (
	"bufio"
	"io"
	"strings"
)

// Row is one record.
type Row struct {
	ID, Name string
}

// Scan parses the records of r in the background.
func Scan(r io.Reader) <-chan Row {
	parsed := make(chan Row)
	go func() {
		defer close(parsed)
		lines := bufio.NewScanner(r)
		for lines.Scan() {
			id, name, ok := strings.Cut(lines.Text(), "\t")
			if !ok {
				continue
			}
			parsed <- Row{ID: id, Name: name}
		}
	}()
	return parsed
}

// Find returns the first record with the id.
func Find(r io.Reader, id string) (Row, bool) {
	for row := range Scan(r) {
		if row.ID == id {
			return row, true
		}
	}
	return Row{}, false
}
