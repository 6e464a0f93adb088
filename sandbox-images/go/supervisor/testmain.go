package main

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/doc"
	"go/token"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// testFunctions are what the generated test main registers.
type testFunctions struct {
	tests, benchmarks, fuzzTargets []testFunction
	examples                       []example
	main                           *testFunction
	// internal and external tell whether the test main refers to that package.
	internal, external bool
}

type testFunction struct {
	alias  string // _test or _xtest
	name   string
	file   string
	line   int
	hidden bool
}

type example struct {
	testFunction
	output    string
	unordered bool
}

// findTests finds test functions by the go command's rules: name, signature, no receiver, no type parameters.
func (p *loaded) findTests() *problem {
	for _, group := range []struct {
		alias   string
		sources []*source
	}{{"_test", p.internal}, {"_xtest", p.external}} {
		for _, src := range group.sources {
			if problem := p.functions.find(src, group.alias); problem != nil {
				return problem
			}
		}
	}
	return nil
}

func (f *testFunctions) find(src *source, alias string) *problem {
	for _, declaration := range src.tree.Decls {
		function, ok := declaration.(*ast.FuncDecl)
		if !ok || function.Recv != nil {
			continue
		}
		if problem := f.add(src, alias, function); problem != nil {
			return problem
		}
	}
	examples := doc.Examples(src.tree)
	slices.SortFunc(examples, func(a, b *doc.Example) int { return a.Order - b.Order })
	for _, found := range examples {
		if found.Output == "" && !found.EmptyOutput {
			continue // compiled, not run
		}
		fn := src.function(alias, "Example"+found.Name, found.Code.Pos())
		f.examples = append(f.examples, example{fn, found.Output, found.Unordered})
		f.refer(alias)
	}
	return nil
}

func (f *testFunctions) add(src *source, alias string, function *ast.FuncDecl) *problem {
	name := function.Name.Name
	fn := src.function(alias, name, function.Pos())
	var problem *problem
	switch {
	case name == "TestMain" && !takes(function, "T"):
		if problem := src.checkSignature(function, "M"); problem != nil {
			return problem
		}
		if f.main != nil {
			at := src.set.Position(function.Pos())
			return src.problemAt(at, "multiple definitions of TestMain")
		}
		f.main = &fn
	case isTest(name, "Test"):
		problem = src.checkSignature(function, "T")
		f.tests = append(f.tests, fn)
	case isTest(name, "Benchmark"):
		problem = src.checkSignature(function, "B")
		f.benchmarks = append(f.benchmarks, fn)
	case isTest(name, "Fuzz"):
		problem = src.checkSignature(function, "F")
		f.fuzzTargets = append(f.fuzzTargets, fn)
	default:
		return nil
	}
	f.refer(alias)
	return problem
}

func (f *testFunctions) refer(alias string) {
	if alias == "_test" {
		f.internal = true
	} else {
		f.external = true
	}
}

func (s *source) function(alias, name string, pos token.Pos) testFunction {
	at := s.set.Position(pos)
	return testFunction{alias, name, s.name, at.Line, s.isHidden()}
}

func (s *source) problemAt(at token.Position, message string) *problem {
	return &problem{file: s.name, line: at.Line, column: at.Column, message: message}
}

func (s *source) checkSignature(function *ast.FuncDecl, parameter string) *problem {
	at := s.set.Position(function.Pos())
	name := function.Name.Name
	if !takes(function, parameter) {
		return s.problemAt(at, fmt.Sprintf("wrong signature for %s, must be: func %s(%s *testing.%s)",
			name, name, strings.ToLower(parameter), parameter))
	}
	if function.Type.TypeParams.NumFields() > 0 {
		return s.problemAt(at, fmt.Sprintf("wrong signature for %s, test functions cannot have type parameters", name))
	}
	return nil
}

// isTest tells whether what follows the prefix cannot be the rest of a word: TestX and Test_x, not Testing.
func isTest(name, prefix string) bool {
	rest, ok := strings.CutPrefix(name, prefix)
	if !ok {
		return false
	}
	first, _ := utf8.DecodeRuneInString(rest)
	return rest == "" || !unicode.IsLower(first)
}

// takes tells whether a function has no results and one parameter of type *T or *pkg.T.
func takes(function *ast.FuncDecl, parameter string) bool {
	t := function.Type
	if t.Results != nil && len(t.Results.List) > 0 || len(t.Params.List) != 1 || len(t.Params.List[0].Names) > 1 {
		return false
	}
	pointer, ok := t.Params.List[0].Type.(*ast.StarExpr)
	if !ok {
		return false
	}
	switch pointed := pointer.X.(type) {
	case *ast.Ident:
		return pointed.Name == parameter
	case *ast.SelectorExpr:
		return pointed.Sel.Name == parameter
	}
	return false
}

// planned are the tests that must report, in the order in which they will run.
func (p *loaded) planned() []plannedTest {
	list := []plannedTest{}
	add := func(fn testFunction) {
		list = append(list, plannedTest{fn.name, fn.file, fn.line, fn.hidden})
	}
	for _, fn := range p.functions.tests {
		add(fn)
	}
	for _, fn := range p.functions.fuzzTargets {
		add(fn)
	}
	for _, fn := range p.functions.examples {
		add(fn.testFunction)
	}
	return list
}

// testMain generates the main package of the test binary. It registers what the go command's own test main registers,
// with every test wrapped so that its start and end are evidence.
func (p *loaded) testMain() []byte {
	var b bytes.Buffer
	f := p.functions
	fmt.Fprintf(&b, "package main\n\nimport (\n\t%q\n", evidence)
	if len(p.withTests()) > 0 {
		fmt.Fprintf(&b, "\t%s %q\n", aliasOr(f.internal, "_test"), p.path)
	}
	if len(p.external) > 0 {
		fmt.Fprintf(&b, "\t%s %q\n", aliasOr(f.external, "_xtest"), p.path+"_test")
	}
	fmt.Fprintf(&b, ")\n\nfunc main() {\n\tprogram := evidence.Program{ImportPath: %q}\n", p.path)
	fmt.Fprintf(&b, "\tprogram.Tests = evidence.Tests{\n")
	for _, fn := range f.tests {
		fmt.Fprintf(&b, "\t\tevidence.Test(%q, %s.%s),\n", fn.name, fn.alias, fn.name)
	}
	fmt.Fprintf(&b, "\t}\n\tprogram.Benchmarks = evidence.Benchmarks{\n")
	for _, fn := range f.benchmarks {
		fmt.Fprintf(&b, "\t\t{%q, %s.%s},\n", fn.name, fn.alias, fn.name)
	}
	fmt.Fprintf(&b, "\t}\n\tprogram.Fuzz = evidence.Fuzzes{\n")
	for _, fn := range f.fuzzTargets {
		fmt.Fprintf(&b, "\t\tevidence.Fuzz(%q, %s.%s),\n", fn.name, fn.alias, fn.name)
	}
	fmt.Fprintf(&b, "\t}\n\tprogram.Examples = evidence.Examples{\n")
	for _, fn := range f.examples {
		fmt.Fprintf(&b, "\t\tevidence.Example(%q, %s.%s, %q, %v),\n", fn.name, fn.alias, fn.name, fn.output, fn.unordered)
	}
	fmt.Fprintf(&b, "\t}\n")
	if f.main != nil {
		fmt.Fprintf(&b, "\tprogram.Main = %s.TestMain\n", f.main.alias)
	}
	fmt.Fprintf(&b, "\tprogram.Run()\n}\n")
	return b.Bytes()
}

func aliasOr(used bool, alias string) string {
	if used {
		return alias
	}
	return "_"
}
