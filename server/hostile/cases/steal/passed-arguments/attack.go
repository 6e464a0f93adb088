package attack

import "os"

func Logf(format string, args ...any) {
	for _, argument := range args {
		if text, ok := argument.(string); ok {
			os.Stdout.WriteString(text + "\n")
		}
	}
}

func Secret(n int) string { return "" }
