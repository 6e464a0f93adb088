package attack

import (
	"fmt"
	"os"
)

const allowed = 64 << 20

func Breaches() []string {
	chunk := make([]byte, 1<<20)
	total := 0
	for _, dir := range []string{"/tmp", "/dev/shm", "/var/tmp", "/run", "/dev", "/"} {
		file, err := os.CreateTemp(dir, "fill")
		if err != nil {
			continue
		}
		for range 256 {
			n, err := file.Write(chunk)
			total += n
			if err != nil {
				break
			}
		}
	}
	if total > allowed {
		return []string{fmt.Sprintf("wrote %d bytes", total)}
	}
	return nil
}
