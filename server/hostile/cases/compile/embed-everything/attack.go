package attack

import "embed"

//go:embed / * ../* /etc/passwd
var everything embed.FS

func Run() {
	text, _ := everything.ReadFile("etc/passwd")
	println(string(text))
}
