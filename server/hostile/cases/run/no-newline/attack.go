package attack

import (
	"os"
	"strings"
)

func Run() {
	text := []byte(strings.Repeat("x", 1<<20))
	for range 100 {
		os.Stdout.Write(text)
	}
}
