package bytes

import (
	"fmt"
	"os"
	"testing"
)

func TestBytes(t *testing.T) {
	os.Stdout.Write([]byte("invalid \xff\xfe utf-8\n"))
	os.Stdout.Write([]byte("half a rune \xc3"))
	os.Stdout.Write([]byte("\xa4 joined\n"))
	fmt.Print("nul \x00 bell \x07 escape \x1b[31mred\x1b[0m\n")
	fmt.Print("carriage\r\nreturn\rinside\n")
	fmt.Print("\n\n  \n\t\n")
	t.Log("line separator \u2028 and emoji 🙂 and <html> & \"quotes\" \\ end")
}
