package attack

import (
	"bytes"
	"fmt"
	"os"
	"strings"
)

func Logf(format string, args ...any) {}

func Secret(n int) string {
	text, err := os.ReadFile("/proc/self/exe")
	if err != nil {
		fmt.Println("the binary is closed:", err)
		return ""
	}
	for _, word := range []string{"literal", "argument", "expected", "comment"} {
		mark := []byte("HIDDEN-" + strings.ToUpper(word))
		if at := bytes.Index(text, mark); at >= 0 {
			fmt.Printf("%s\n", text[at:at+24])
		}
	}
	return ""
}
