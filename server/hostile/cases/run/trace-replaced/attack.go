package attack

import "os"

// Run puts junk that begins as a trace does where the trace is written. What the runtime has open goes on into a file
// that has no name any more.
func Run() {
	const path = "/tmp/insight/trace"
	if err := os.Remove(path); err != nil {
		panic(err)
	}
	junk := []byte("go 1.26 trace\x00\x00\x00")
	for i := range 1 << 20 {
		junk = append(junk, byte(i*i>>3))
	}
	if err := os.WriteFile(path, junk, 0o600); err != nil {
		panic(err)
	}
}
