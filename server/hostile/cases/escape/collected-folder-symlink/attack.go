package attack

import "os"

func Run() {
	os.MkdirAll("/tmp/elsewhere", 0o700)
	os.WriteFile("/tmp/elsewhere/cpu", []byte("a file that nobody asked for"), 0o600)
	os.RemoveAll("/tmp/insight")
	os.Symlink("/tmp/elsewhere", "/tmp/insight")
}
