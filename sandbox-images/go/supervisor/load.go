package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// loaded is one package, sorted into the three groups of files that `go test` makes.
type loaded struct {
	path string // import path
	name string // package clause
	// files are the package itself, internal are its own tests, external are in package name_test.
	files, internal, external []*source
	importable                []string
	// imported are the import paths that the files name.
	imported  map[string]bool
	functions testFunctions
}

// source is one parsed file that the build constraints let in.
type source struct {
	jobFile
	name string
	tree *ast.File
	set  *token.FileSet
}

// problem stops a run before its build. With rule it broke a rule of ours (rejected); otherwise it is what the go
// command itself would refuse.
type problem struct {
	rule         bool
	file         string
	line, column int
	message      string
}

func (p *problem) Error() string {
	if p.file == "" {
		return p.message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.file, p.line, p.column, p.message)
}

// loadPackage parses the job's files and finds what is to be built and which tests must report.
func loadPackage(j *job) (*loaded, *problem) {
	pkg := &loaded{path: j.ImportPath, imported: map[string]bool{}}
	importable, err := readLines("/go/" + modeOf(j) + "/importable")
	if err != nil {
		return nil, &problem{message: err.Error()}
	}
	pkg.importable = importable
	for _, file := range j.Files {
		if problem := checkText(file); problem != nil {
			return nil, problem
		}
	}
	for _, file := range j.Files {
		if problem := pkg.add(j, file); problem != nil {
			return nil, problem
		}
	}
	if len(pkg.files)+len(pkg.internal)+len(pkg.external) == 0 {
		return nil, &problem{message: "no Go files: build constraints exclude all of them"}
	}
	return pkg, pkg.findTests()
}

func modeOf(j *job) string {
	if j.Race {
		return "race"
	}
	return "plain"
}

// checkText refuses what is no source text at all.
func checkText(file jobFile) *problem {
	line := 1
	for offset := 0; offset < len(file.Text); {
		r, size := utf8.DecodeRuneInString(file.Text[offset:])
		switch {
		case r == utf8.RuneError && size == 1:
			return &problem{true, file.Name, line, 1, "this is not UTF-8 text"}
		case r == 0:
			return &problem{true, file.Name, line, 1, "a NUL byte: this is not Go source"}
		case r == '\n':
			line++
		}
		offset += size
	}
	return nil
}

func (p *loaded) add(j *job, file jobFile) *problem {
	included, err := matches(j, file)
	if err != nil {
		return syntaxProblem(file, err)
	}
	if !included {
		return nil
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file.Name, file.Text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return syntaxProblem(file, err)
	}
	src := &source{file, file.Name, tree, set}
	if problem := src.check(j, p); problem != nil {
		return problem
	}
	return p.sort(src)
}

// matches applies build constraints, in file names and in comments, as they hold for this build.
func matches(j *job, file jobFile) (bool, error) {
	context := build.Default
	context.GOROOT = ""
	context.CgoEnabled = true
	context.ToolTags = append(slices.Clone(context.ToolTags), "goexperiment."+experiment)
	if j.Race {
		context.ToolTags = append(context.ToolTags, "race")
	}
	context.OpenFile = func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(file.Text)), nil
	}
	return context.MatchFile("", file.Name)
}

func syntaxProblem(file jobFile, err error) *problem {
	if list, ok := err.(scanner.ErrorList); ok && len(list) > 0 {
		first := list[0]
		return &problem{false, file.Name, first.Pos.Line, first.Pos.Column, first.Msg}
	}
	return &problem{false, file.Name, 1, 1, err.Error()}
}

// sort puts a file into its group; a folder holds one package and its external tests.
func (p *loaded) sort(src *source) *problem {
	name := src.tree.Name.Name
	isTest := strings.HasSuffix(src.name, "_test.go")
	base, external := strings.CutSuffix(name, "_test")
	if !isTest || !external {
		base = name
	}
	if p.name == "" {
		p.name = base
	}
	if p.name != base {
		at := src.set.Position(src.tree.Name.Pos())
		return &problem{false, src.name, at.Line, at.Column, fmt.Sprintf("found packages %s and %s in one folder", p.name, base)}
	}
	switch {
	case !isTest:
		p.files = append(p.files, src)
	case external:
		p.external = append(p.external, src)
	default:
		p.internal = append(p.internal, src)
	}
	return nil
}

// check holds a file's imports and, for the candidate's files, its directives against the rules.
func (s *source) check(j *job, p *loaded) *problem {
	for _, spec := range s.tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			continue // the parser has complained already
		}
		if problem := s.checkImport(j, p, spec, imported); problem != nil {
			return problem
		}
		p.imported[imported] = true
	}
	if j.Rules.Strict && s.isCandidates() {
		return s.checkHiding(j)
	}
	return nil
}

func (s *source) checkImport(j *job, p *loaded, spec *ast.ImportSpec, imported string) *problem {
	at := s.set.Position(spec.Pos())
	refuse := func(rule bool, format string, args ...any) *problem {
		return &problem{rule, s.name, at.Line, at.Column, fmt.Sprintf(format, args...)}
	}
	switch {
	case imported == "C":
		return refuse(true, `import "C": cgo is not available here`)
	case imported == p.path && strings.HasSuffix(s.tree.Name.Name, "_test") && strings.HasSuffix(s.name, "_test.go"):
		return nil
	case imported == p.path:
		return refuse(false, "import cycle not allowed")
	case s.isCandidates() && j.Rules.Imports != nil && !slices.Contains(j.Rules.Imports, imported):
		return refuse(true, "import %q: this exercise allows only %s", imported, strings.Join(j.Rules.Imports, ", "))
	case slices.Contains(p.importable, imported):
		return nil
	case isInternal(imported):
		return refuse(false, "use of internal package %s not allowed", imported)
	case strings.Contains(strings.Split(imported, "/")[0], "."), strings.HasPrefix(imported, "./"):
		return refuse(true, "import %q: only std, golang.org/x/sync, golang.org/x/time and go.uber.org/goleak can be imported", imported)
	}
	return refuse(false, "package %s is not in std", imported)
}

func isInternal(imported string) bool {
	parts := strings.Split(imported, "/")
	return slices.Contains(parts, "internal") || parts[0] == "vendor"
}

// hiding are directives that let code hide from the race detector, from the reader or from the linker's checks.
var hiding = []struct{ prefix, why string }{
	{"//line ", "a line directive would make messages point elsewhere"},
	{"/*line ", "a line directive would make messages point elsewhere"},
	{"//go:linkname", "go:linkname reaches into other packages"},
	{"//go:norace", "go:norace hides accesses from the race detector"},
	{"//go:cgo_", "cgo is not available here"},
	{"//go:embed", "go:embed: there are no files to embed"},
}

func (s *source) checkHiding(j *job) *problem {
	refuse := func(pos token.Pos, message string) *problem {
		at := s.set.PositionFor(pos, false)
		return &problem{true, s.name, at.Line, at.Column, message}
	}
	for _, group := range s.tree.Comments {
		for _, comment := range group.List {
			for _, h := range hiding {
				if strings.HasPrefix(comment.Text, h.prefix) {
					return refuse(comment.Pos(), h.why)
				}
			}
			if j.Rules.Imports != nil && strings.HasPrefix(comment.Text, "//go:build") && strings.Contains(comment.Text, "race") {
				return refuse(comment.Pos(), "a build constraint on race would show the race detector other code")
			}
		}
	}
	return s.checkRaceSwitches(refuse)
}

// checkRaceSwitches refuses runtime.RaceDisable and its like: they exist only in race builds, for the runtime's own use.
func (s *source) checkRaceSwitches(refuse func(token.Pos, string) *problem) *problem {
	runtimeNames := map[string]bool{}
	for _, spec := range s.tree.Imports {
		if spec.Path.Value != `"runtime"` && spec.Path.Value != "`runtime`" {
			continue
		}
		name := "runtime"
		if spec.Name != nil {
			name = spec.Name.Name
		}
		if name == "." {
			return refuse(spec.Pos(), "import runtime by its name, not with a dot")
		}
		runtimeNames[name] = true
	}
	var found *problem
	ast.Inspect(s.tree, func(node ast.Node) bool {
		selector, ok := node.(*ast.SelectorExpr)
		if !ok || found != nil {
			return found == nil
		}
		if base, ok := selector.X.(*ast.Ident); ok && runtimeNames[base.Name] && strings.HasPrefix(selector.Sel.Name, "Race") {
			found = refuse(selector.Pos(), "runtime."+selector.Sel.Name+" controls the race detector itself")
		}
		return true
	})
	return found
}

func (p *loaded) withTests() []string { return names(slices.Concat(p.files, p.internal)) }

func (p *loaded) binaryName() string { return path.Base(p.path) + ".test" }

func names(sources []*source) []string {
	list := make([]string, len(sources))
	for i, s := range sources {
		list[i] = s.name
	}
	slices.Sort(list)
	return list
}

func readLines(name string) ([]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(text)), nil
}
