//go:build tree

package evidence

import (
	"os"
	"reflect"
	"testing"
	"testing/internal/testdeps"
)

// Program is what the generated test main of one package hands over. Keeping the rest here, compiled beforehand, makes
// that test main small and quick to compile.
type Program struct {
	ImportPath string
	Tests      []testing.InternalTest
	Benchmarks []testing.InternalBenchmark
	Fuzz       []testing.InternalFuzzTarget
	Examples   []testing.InternalExample
	// Main is the package's TestMain, or nil.
	Main func(*testing.M)
}

// deps are testing's usual dependencies. testing tells them when the first test is about to run and when the last one
// has ended, by switching the panic on an early exit with code 0.
type deps struct{ testdeps.TestDeps }

func (d deps) SetPanicOnExit0(on bool) {
	d.TestDeps.SetPanicOnExit0(on)
	running(on)
}

// Main runs the tests as the go command's own test main does, and does not return.
func (p *Program) Run() {
	testdeps.ImportPath = p.ImportPath
	baseline.mainBegan()
	m := testing.MainStart(deps{}, p.Tests, p.Benchmarks, p.Fuzz, p.Examples)
	if p.Main == nil {
		os.Exit(m.Run())
	}
	p.Main(m)
	os.Exit(int(reflect.ValueOf(m).Elem().FieldByName("exitCode").Int()))
}

// Shorter names for the generated test main, which then needs no import but this package and the tested ones.
type (
	Tests      = []testing.InternalTest
	Benchmarks = []testing.InternalBenchmark
	Fuzzes     = []testing.InternalFuzzTarget
	Examples   = []testing.InternalExample
)
