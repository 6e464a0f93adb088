package data

import (
	"os"
	"testing"
)

func TestData(t *testing.T) {
	text, err := os.ReadFile("testdata/hello.txt")
	if err != nil {
		t.Fatal("no test data")
	}
	t.Log(string(text))
}
