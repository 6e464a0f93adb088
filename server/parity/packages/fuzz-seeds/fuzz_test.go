package fuzz

import (
	"testing"
	"unicode/utf8"
)

func reverse(s string) string {
	runes := []rune(s)
	for i, j := 0, len(runes)-1; i < j; i, j = i+1, j-1 {
		runes[i], runes[j] = runes[j], runes[i]
	}
	return string(runes)
}

func FuzzReverse(f *testing.F) {
	f.Add("abc")
	f.Add("")
	f.Add("äöü")
	f.Fuzz(func(t *testing.T, s string) {
		t.Logf("%q", s)
		if utf8.ValidString(s) && reverse(reverse(s)) != s {
			t.Errorf("%q", s)
		}
	})
}

func FuzzTwoArguments(f *testing.F) {
	f.Add(1, []byte("x"))
	f.Fuzz(func(t *testing.T, n int, b []byte) {})
}

func FuzzNoTarget(f *testing.F) { f.Skip("no target") }
