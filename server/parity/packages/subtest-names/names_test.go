package names

import "testing"

func TestNames(t *testing.T) {
	names := []string{"", "", "same", "same", "same#01", "with space", "slash/inside", "ünï", "tab\there", "(parens)", "100%", "nul\x00", "\xff"}
	for _, name := range names {
		t.Run(name, func(t *testing.T) { t.Logf("%q", t.Name()) })
	}
}

func Test(t *testing.T)           { t.Log(t.Name()) }
func Test_underscore(t *testing.T) { t.Log(t.Name()) }
func TestÜmlaut(t *testing.T)     { t.Log(t.Name()) }
func Test1(t *testing.T)          { t.Log(t.Name()) }
