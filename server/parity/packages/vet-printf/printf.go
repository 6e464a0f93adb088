package printf

import (
	"fmt"
	"log"
)

func Describe(n int) string { return fmt.Sprintf("%s items, %d", n) }

func Warn(text string) { log.Printf(text) }
