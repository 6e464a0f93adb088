package flags

import (
	"flag"
	"os"
	"strings"
	"testing"
)

var mine = flag.String("mine", "default", "a flag of the package itself")

func TestFlags(t *testing.T) {
	t.Log(testing.Testing(), testing.Short(), testing.Verbose(), testing.CoverMode() == "", *mine, flag.NArg())
	for _, name := range []string{"test.v", "test.paniconexit0", "test.run", "test.count", "test.short", "test.failfast", "test.shuffle", "test.fullpath"} {
		t.Log(name, flag.Lookup(name).Value)
	}
	if !strings.HasSuffix(os.Args[0], ".test") {
		t.Error("the program's name ends in .test")
	}
}
