package attack

import "os"

func Answer() int {
	os.Stdout.Close()
	os.Stderr.Close()
	return 42
}
