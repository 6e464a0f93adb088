package main

import (
	"fmt"
	"go/ast"
	"go/build"
	"go/parser"
	"go/scanner"
	"go/token"
	"go/version"
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
	// namedBy is the file whose package clause was the first.
	namedBy string
	// files are the package itself, internal are its own tests, external are in package name_test.
	files, internal, external []*source
	importable                []string
	// imported are the import paths that the files name.
	imported map[string]bool
	// unparsed is why a file could not be read whole: the compiler says it in its own words, and does not build it.
	unparsed *problem
	// leftOut are the files that are not for this build.
	leftOut   []leftOut
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
	// others are further problems of the same kind, as the go command tells all missing packages at once.
	others []*problem
}

func (p *problem) Error() string {
	if p.file == "" {
		return p.message
	}
	return fmt.Sprintf("%s:%d:%d: %s", p.file, p.line, p.column, p.message)
}

// loadPackage parses the job's files and finds what is to be built and which tests must report. Where there is a problem,
// the package is what was read of it until then.
func loadPackage(j *job) (*loaded, *problem) {
	pkg := &loaded{path: j.ImportPath, imported: map[string]bool{}}
	if problem := checkVersion(j.GoVersion); problem != nil {
		return pkg, problem
	}
	// What the compiler takes: 1.26 for 1.26.3.
	j.GoVersion = strings.TrimPrefix(version.Lang("go"+j.GoVersion), "go")
	importable, err := readLines("/go/" + modeOf(j) + "/importable")
	if err != nil {
		return pkg, &problem{message: err.Error()}
	}
	pkg.importable = importable
	for _, file := range j.Files {
		if problem := checkText(file); problem != nil {
			return pkg, problem
		}
	}
	var missing []*problem
	for _, file := range slices.SortedFunc(slices.Values(j.Files), compareFiles) {
		problem := pkg.add(j, file)
		if problem == nil {
			continue
		}
		if problem.rule {
			return pkg, problem
		}
		missing = append(missing, problem)
		missing = append(missing, problem.others...)
	}
	missing = firstOfEach(missing)
	if len(missing) > 0 {
		first := *missing[0]
		first.others = missing[1:]
		return pkg, &first
	}
	if len(pkg.files)+len(pkg.internal)+len(pkg.external) == 0 {
		return pkg, noFiles(j)
	}
	return pkg, pkg.findTests()
}

// firstOfEach keeps the first of equal messages: the go command names a missing package once.
func firstOfEach(problems []*problem) []*problem {
	told := map[string]bool{}
	return slices.DeleteFunc(problems, func(p *problem) bool {
		again := told[p.message]
		told[p.message] = true
		return again
	})
}

func noFiles(j *job) *problem {
	if len(j.Files) == 0 {
		return &problem{message: "no Go files"}
	}
	return &problem{message: "build constraints exclude all Go files"}
}

func modeOf(j *job) string {
	if j.Race {
		return "race"
	}
	return "plain"
}

// checkVersion refuses a module that asks for a newer Go, as the go command does where it may not download one.
func checkVersion(asked string) *problem {
	running := toolchainVersion()
	if version.Compare("go"+asked, running) <= 0 {
		return nil
	}
	message := fmt.Sprintf("requires go >= %s (running %s)", asked, strings.Replace(running, "go", "go ", 1))
	return &problem{rule: true, file: "go.mod", message: message}
}

// checkText refuses what is no source text at all.
func checkText(file jobFile) *problem {
	line := 1
	for offset := 0; offset < len(file.Text); {
		r, size := utf8.DecodeRuneInString(file.Text[offset:])
		switch {
		case r == utf8.RuneError && size == 1:
			return &problem{rule: true, file: file.Name, line: line, column: 1, message: "this is not UTF-8 text"}
		case r == 0:
			return &problem{rule: true, file: file.Name, line: line, column: 1, message: "a NUL byte: this is not Go source"}
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
		// A hidden file is nobody's to mend.
		if !file.isHidden() {
			p.leftOut = append(p.leftOut, whyLeftOut(j, file))
		}
		return nil
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, file.Name, file.Text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		// Test files must be read whole to know their tests; of the others the imports are enough here.
		if strings.HasSuffix(file.Name, "_test.go") {
			return syntaxProblem(file, err)
		}
		p.unparsed = syntaxProblem(file, err)
		set = token.NewFileSet()
		if tree, err = parser.ParseFile(set, file.Name, file.Text, parser.ParseComments|parser.ImportsOnly); err != nil {
			return syntaxProblem(file, err)
		}
	}
	src := &source{file, file.Name, tree, set}
	if problem := src.check(j, p); problem != nil {
		return problem
	}
	return p.sort(src)
}

// compareFiles puts files in the order of their names, as the go command reads a folder: initialisation and tests follow
// it. Hidden files come last, so that a failure shows first in a test that can be read.
func compareFiles(a, b jobFile) int {
	if a.isHidden() == b.isHidden() {
		return strings.Compare(a.Name, b.Name)
	}
	if b.isHidden() {
		return -1
	}
	return 1
}

// matches applies build constraints, in file names and in comments, as they hold for this build.
func matches(j *job, file jobFile) (bool, error) {
	context := build.Default
	context.GOROOT = ""
	context.CgoEnabled = true
	// Our experiment is no business of the code: as with `go test`, its tag is not set.
	if j.Race {
		context.ToolTags = append(slices.Clone(context.ToolTags), "race")
	}
	context.OpenFile = func(string) (io.ReadCloser, error) {
		return io.NopCloser(strings.NewReader(file.Text)), nil
	}
	return context.MatchFile("", file.Name)
}

func syntaxProblem(file jobFile, err error) *problem {
	if list, ok := err.(scanner.ErrorList); ok && len(list) > 0 {
		first := list[0]
		return &problem{file: file.Name, line: first.Pos.Line, column: first.Pos.Column, message: first.Msg}
	}
	return &problem{file: file.Name, line: 1, column: 1, message: err.Error()}
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
		p.name, p.namedBy = base, src.name
	}
	if p.name != base {
		return src.problemAt(src.set.Position(src.tree.Name.Pos()),
			fmt.Sprintf("found packages %s (%s) and %s (%s)", p.name, p.namedBy, base, src.name))
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

// check holds a file's imports and its directives against the rules.
func (s *source) check(j *job, p *loaded) *problem {
	var missing *problem
	for _, spec := range s.tree.Imports {
		imported := pathOf(spec)
		if problem := s.checkImport(j, p, spec, imported); problem != nil {
			if problem.rule {
				return problem
			}
			missing = missing.and(problem)
		}
		p.imported[imported] = true
	}
	if j.Rules.Strict {
		if problem := s.checkHiding(j); problem != nil {
			return problem
		}
	}
	return missing
}

// pathOf is the path that an import means, however it is spelt: "runtime", `runtime` and "\x72untime" are the same. It is
// empty for what is no string, of which the parser has complained already.
func pathOf(spec *ast.ImportSpec) string {
	imported, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return ""
	}
	return imported
}

// and puts a further problem behind the first one.
func (p *problem) and(other *problem) *problem {
	if p == nil {
		return other
	}
	p.others = append(p.others, other)
	return p
}

func (s *source) checkImport(j *job, p *loaded, spec *ast.ImportSpec, imported string) *problem {
	at := s.set.Position(spec.Pos())
	refuse := func(rule bool, format string, args ...any) *problem {
		return &problem{rule: rule, file: s.name, line: at.Line, column: at.Column, message: fmt.Sprintf(format, args...)}
	}
	switch {
	case imported == "C":
		return refuse(true, `import "C": cgo is not available here`)
	case imported == p.path && strings.HasSuffix(s.tree.Name.Name, "_test") && strings.HasSuffix(s.name, "_test.go"):
		return nil
	case imported == p.path:
		return refuse(false, "import cycle not allowed")
	case s.mayMeasure(j) && (imported == referencePath(p.path) || imported == measure):
		return nil
	case s.isCandidates() && j.Rules.Imports != nil && !slices.Contains(j.Rules.Imports, imported):
		return refuse(true, "import %q: this exercise allows only %s", imported, strings.Join(j.Rules.Imports, ", "))
	case strings.HasPrefix(imported, p.path+"/"):
		return refuse(true, "import %q: subfolders are not judged: %s/", imported, strings.TrimPrefix(imported, p.path+"/"))
	case slices.Contains(p.importable, imported), imported == "unsafe":
		return nil
	case isInternal(imported):
		return refuse(false, "use of internal package %s not allowed", imported)
	case strings.Contains(strings.Split(imported, "/")[0], "."), strings.HasPrefix(imported, "./"):
		return refuse(true, "import %q: only std, golang.org/x/sync, golang.org/x/time and go.uber.org/goleak can be imported", imported)
	}
	return refuse(false, "package %s is not in std", imported)
}

// mayMeasure: what belongs to the judge's measuring tests is nobody else's. The compiler is told of it for the external
// tests alone.
func (s *source) mayMeasure(j *job) bool {
	return len(j.Reference) > 0 && !s.isCandidates() && strings.HasSuffix(s.name, "_test.go")
}

// referencePath is the import path of the reference that is compiled beside a package.
func referencePath(path string) string { return path + "/reference" }

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
	{embedDirective, "go:embed: only .go files are taken, so there is no file to embed"},
}

const embedDirective = "//go:embed"

func (s *source) checkHiding(j *job) *problem {
	refuse := func(pos token.Pos, message string) *problem {
		at := s.set.PositionFor(pos, false)
		return &problem{rule: true, file: s.name, line: at.Line, column: at.Column, message: message}
	}
	for _, group := range s.tree.Comments {
		for _, comment := range group.List {
			for _, h := range hiding {
				// In the judge's own files only what cannot work at all.
				if strings.HasPrefix(comment.Text, h.prefix) && (s.isCandidates() || h.prefix == embedDirective) {
					return refuse(comment.Pos(), h.why)
				}
			}
			if s.isCandidates() && j.Rules.Imports != nil && isBuildConstraint(comment.Text) && strings.Contains(comment.Text, "race") {
				return refuse(comment.Pos(), "a build constraint on race would show the race detector other code")
			}
		}
	}
	if !s.isCandidates() {
		return nil
	}
	return s.checkRaceSwitches(refuse)
}

// checkRaceSwitches refuses runtime.RaceDisable and its like: they exist only in race builds, for the runtime's own use.
func (s *source) checkRaceSwitches(refuse func(token.Pos, string) *problem) *problem {
	runtimeNames := map[string]bool{}
	for _, spec := range s.tree.Imports {
		if pathOf(spec) != "runtime" {
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

// withTests are the files of the package and of its own tests, in the order in which the go command compiles them:
// variables and init functions follow it.
func (p *loaded) withTests() []string { return slices.Concat(names(p.files), names(p.internal)) }

func (p *loaded) binaryName() string { return path.Base(p.path) + ".test" }

// names are in the order of compareFiles: where the compiler stops after ten errors, those that can be read come first.
func names(sources []*source) []string {
	list := make([]string, len(sources))
	for i, s := range sources {
		list[i] = s.name
	}
	return list
}

func readLines(name string) ([]string, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	return strings.Fields(string(text)), nil
}

// isBuildConstraint knows the old form too, which the compiler's driver still obeys.
func isBuildConstraint(comment string) bool {
	return strings.HasPrefix(comment, "//go:build") || strings.HasPrefix(strings.TrimSpace(strings.TrimPrefix(comment, "//")), "+build")
}
