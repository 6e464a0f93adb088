package attack

import (
	"os"
	"strings"
)

func Run() {
	text := []byte(strings.Repeat("the same line again and again\n", 4096))
	for {
		os.Stdout.Write(text)
	}
}
