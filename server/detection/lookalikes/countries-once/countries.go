// Package countries looks up dialling codes in a table that is parsed on
// first use.
package countries

import (
	"strings"
	"sync"
	"sync/atomic"
)

const raw = "at 43,ch 41,de 49,dk 45,fr 33,it 39,nl 31,pl 48"

// Table is parsed at most once.
type Table struct {
	parsed atomic.Bool
	once   sync.Once
	codes  map[string]string
	parses int
}

func (t *Table) parse() {
	t.parses++
	t.codes = make(map[string]string)
	for entry := range strings.SplitSeq(raw, ",") {
		country, code, _ := strings.Cut(entry, " ")
		t.codes[country] = code
	}
	t.parsed.Store(true)
}

// Code returns the dialling code of a country.
func (t *Table) Code(country string) (string, bool) {
	if !t.parsed.Load() {
		t.once.Do(t.parse)
	}
	code, ok := t.codes[country]
	return code, ok
}
