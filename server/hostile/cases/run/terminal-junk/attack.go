package attack

import "os"

func Run() {
	os.Stdout.WriteString("\x1b[2J\x1b]0;owned\x07\x1b[31mred\x00\x00nul\xff\xfe\xc3\x28\xed\xa0\x80\u202e<script>alert(1)</script>\r\rback\b\b\n")
	os.Stdout.WriteString("\x16\x16\x16=== \x16--- \x16=== RUN\n\x16    --- PASS\n")
	os.Stderr.WriteString("\xe2\x82")
	os.Stderr.WriteString("\xac across two writes\n")
}
