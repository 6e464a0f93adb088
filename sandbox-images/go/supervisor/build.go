package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

const (
	// experiment must be what std was compiled with (see treebuild).
	experiment = "goroutineleakprofile"
	sourceDir  = workSpace + "/src"
	objectDir  = workSpace + "/obj"
	binaryDir  = workSpace + "/bin"
	runDir     = workSpace + "/run"
	raceDir    = workSpace + "/race"
	evidence   = "gosandbox/evidence"
	// evidenceFirst is imported by every tested package, through a file of ours, so that it is initialised before it. No
	// submitted file can have that file's name: the go command ignores names that begin with an underscore.
	evidenceFirst = "gosandbox/evidence/first"
	firstFile     = "_first.go"
)

// maxToolOutput caps what one run of a tool may say.
const maxToolOutput = 256 << 10

// builder compiles, vets and links one loaded package, without the go command.
type builder struct {
	job      *job
	pkg      *loaded
	out      *frameWriter
	children *children
}

// toolResult is what one run of compile, link or vet came to. `killed` is true where it was ended from outside.
type toolResult struct {
	ok     bool
	killed bool
	output string
	cpu    time.Duration
}

// build makes the test binary and returns its path, or the outcome that ended the build.
func (b *builder) build() (binary, outcome, stage string) {
	for _, dir := range []string{sourceDir, objectDir, binaryDir, runDir, raceDir} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return "", "sandbox-lost", "compile"
		}
	}
	if err := b.writeSources(); err != nil {
		return "", "sandbox-lost", "compile"
	}
	linker := b.startLinker()
	defer linker.abandon()
	if result := b.compileAll(); !result.ok {
		return "", failedAs(result), "compile"
	}
	vet := b.startVet()
	binary, result := b.link(linker)
	findings := <-vet
	switch {
	case !result.ok:
		return "", failedAs(result), "link"
	case !findings.ok:
		return "", failedAs(findings), "vet"
	}
	return binary, "", ""
}

func failedAs(result toolResult) string {
	if result.killed {
		return "timeout"
	}
	return "build-failed"
}

func (b *builder) writeSources() error {
	for _, file := range b.job.Files {
		if err := os.WriteFile(filepath.Join(sourceDir, file.Name), []byte(file.Text), 0o600); err != nil {
			return err
		}
	}
	first := fmt.Appendf(nil, "package %s\n\nimport _ %q\n", b.pkg.name, evidenceFirst)
	if err := os.WriteFile(filepath.Join(sourceDir, firstFile), first, 0o600); err != nil {
		return err
	}
	main := filepath.Join(objectDir, "_testmain.go")
	return os.WriteFile(main, b.pkg.testMain(), 0o600)
}

func (b *builder) mode() string {
	if b.job.Race {
		return "race"
	}
	return "plain"
}

// compileAll compiles the package with its internal tests, the external test package, and the test main.
func (b *builder) compileAll() toolResult {
	end := b.out.stage("compile")
	var cpu time.Duration
	defer func() { end(cpu) }()
	units := []unit{{path: b.pkg.path, files: b.pkg.withTests(), archive: "p.a", dir: sourceDir}}
	if len(b.pkg.external) > 0 {
		units = append(units, unit{path: b.pkg.path + "_test", files: names(b.pkg.external), archive: "x.a", dir: sourceDir})
	}
	units = append(units, unit{path: "main", files: []string{"_testmain.go"}, archive: "main.a", dir: objectDir})
	if len(units[0].files) == 0 {
		units = units[1:]
	} else {
		units[0].files = append(units[0].files, firstFile)
	}
	for _, u := range units {
		result := b.compile(u)
		cpu += result.cpu
		if !result.ok {
			b.out.event(textEvent{"compiler", "compile", result.output})
			return result
		}
	}
	if problem := b.pkg.unparsed; problem != nil {
		// What we cannot read was not held against the rules, even if the compiler can read it.
		b.out.event(textEvent{"compiler", "load", problem.Error() + "\n"})
		return toolResult{}
	}
	return toolResult{ok: true}
}

// unit is one call of the compiler.
type unit struct {
	path    string
	files   []string
	archive string
	dir     string
}

func (b *builder) compile(u unit) toolResult {
	config := filepath.Join(objectDir, u.archive+".importcfg")
	if err := os.WriteFile(config, b.importConfig(u.path), 0o600); err != nil {
		return toolResult{output: err.Error()}
	}
	args := []string{"-o", filepath.Join(objectDir, u.archive), "-p", u.path, "-trimpath", u.dir + "=>",
		"-lang=go" + b.job.GoVersion, "-complete", "-nolocalimports", "-importcfg", config, "-pack", "-c=2"}
	if u.path == "main" {
		args = append(args, "-dwarf=false")
	}
	args = append(args, b.raceFlags()...)
	for _, file := range u.files {
		args = append(args, "./"+file)
	}
	return b.tool("compile", u.dir, args...)
}

func (b *builder) raceFlags() []string {
	if b.job.Race {
		return []string{"-installsuffix", "race", "-race"}
	}
	return nil
}

// importConfig lists what one unit may import. The compiler itself knows no rules: what is not listed does not exist.
func (b *builder) importConfig(unitPath string) []byte {
	var config bytes.Buffer
	for _, path := range b.pkg.importable {
		fmt.Fprintf(&config, "packagefile %s=/go/%s/%s.a\n", path, b.mode(), path)
	}
	if unitPath != b.pkg.path && len(b.pkg.withTests()) > 0 {
		fmt.Fprintf(&config, "packagefile %s=%s\n", b.pkg.path, filepath.Join(objectDir, "p.a"))
	}
	if unitPath == b.pkg.path {
		fmt.Fprintf(&config, "packagefile %s=/go/%s/%s.a\n", evidenceFirst, b.mode(), evidenceFirst)
	}
	if unitPath == "main" {
		fmt.Fprintf(&config, "packagefile %s=/go/%s/%s.a\n", evidence, b.mode(), evidence)
		if len(b.pkg.external) > 0 {
			fmt.Fprintf(&config, "packagefile %s_test=%s\n", b.pkg.path, filepath.Join(objectDir, "x.a"))
		}
	}
	return config.Bytes()
}

// linker is a link that waits: it loads std while the package is being compiled.
type linker struct {
	binary string
	args   []string
	tool   *runningTool
	err    error
}

// abandon ends a linker that has nothing to link.
func (l *linker) abandon() {
	if l.tool != nil {
		l.tool.closeInput()
	}
}

func (b *builder) startLinker() *linker {
	l := &linker{binary: filepath.Join(binaryDir, b.pkg.binaryName())}
	config := filepath.Join(objectDir, "link.importcfg")
	if l.err = os.WriteFile(config, b.linkConfig(), 0o600); l.err != nil {
		return l
	}
	l.args = []string{"-o", l.binary, "-importcfg", config, "-s", "-w", "-buildmode=exe", "-libgcc=none"}
	for _, value := range b.linkedValues() {
		l.args = append(l.args, "-X", value)
	}
	l.args = append(append(l.args, b.raceFlags()...), filepath.Join(objectDir, "main.a"))
	env := []string{"LINK_PRELOAD=" + strings.Join(b.preloaded(), " ")}
	l.tool, l.err = b.startTool("link-preloading", objectDir, env, l.args...)
	if errors.Is(l.err, fs.ErrNotExist) {
		// A tree of another toolchain may have the stock linker only: it starts when there is something to link.
		l.tool, l.err = nil, nil
	}
	return l
}

// preloaded are packages that the program will contain for certain.
func (b *builder) preloaded() []string {
	list := []string{evidence}
	if b.job.Race {
		list = append(list, "runtime/race")
	}
	for _, path := range b.pkg.importable {
		if b.pkg.imported[path] {
			list = append(list, path)
		}
	}
	return list
}

func (b *builder) link(l *linker) (string, toolResult) {
	end := b.out.stage("link")
	result := toolResult{}
	defer func() { end(result.cpu) }()
	if l.err != nil {
		result.output = l.err.Error()
		return "", result
	}
	if l.tool == nil {
		result = b.tool("link", objectDir, l.args...)
	} else {
		l.tool.start()
		result = l.tool.wait()
	}
	if !result.ok {
		b.out.event(textEvent{"compiler", "link", result.output})
	}
	return l.binary, result
}

// linkedValues are what a program can see of its build. Our experiment is not among it: runtime.Version is what it is
// with `go test`.
func (b *builder) linkedValues() []string {
	return []string{
		"testing.testBinary=1",
		"runtime.buildVersion=" + toolchainVersion(),
		"runtime.godebugDefault=" + b.pkg.defaultGODEBUG(b.job.GoVersion),
	}
}

func toolchainVersion() string {
	version, _ := os.ReadFile("/go/VERSION")
	return strings.TrimSpace(string(version))
}

// buildInfo is what runtime/debug.ReadBuildInfo finds in the binary, between the marks that it looks for
// (cmd/go/internal/modload, build.go).
func (b *builder) buildInfo() string {
	return "\x30\x77\xaf\x0c\x92\x74\x08\x02\x41\xe1\xc1\x07\xe6\xd6\x18\xe6" +
		fmt.Sprintf("path\t%s.test\nmod\t%s\t(devel)\t\nbuild\t-race=%v\n", b.pkg.path, b.pkg.path, b.job.Race) +
		"\xf9\x32\x43\x31\x86\x18\x20\x72\x00\x82\x42\x10\x41\x16\xd8\xf2"
}

func (b *builder) linkConfig() []byte {
	config, _ := os.ReadFile("/go/" + b.mode() + "/importcfg")
	text := bytes.NewBuffer(config)
	fmt.Fprintf(text, "modinfo %q\n", b.buildInfo())
	if len(b.pkg.withTests()) > 0 {
		fmt.Fprintf(text, "packagefile %s=%s\n", b.pkg.path, filepath.Join(objectDir, "p.a"))
	}
	if len(b.pkg.external) > 0 {
		fmt.Fprintf(text, "packagefile %s_test=%s\n", b.pkg.path, filepath.Join(objectDir, "x.a"))
	}
	return text.Bytes()
}

// toolEnvironment: collecting garbage in a process that ends within a tenth of a second is a waste; a large compile
// starts to when it must.
var toolEnvironment = []string{
	"GOEXPERIMENT=" + experiment, "TMPDIR=" + objectDir, "GOROOT=/usr/local/go", "GOGC=off", "GOMEMLIMIT=400MiB",
}

// runningTool is a started tool of the tree.
type runningTool struct {
	input, output *os.File
	ended         <-chan exit
}

// tool runs one of the tree's tools to its end.
func (b *builder) tool(name, dir string, args ...string) toolResult {
	tool, err := b.startTool(name, dir, nil, args...)
	if err != nil {
		return toolResult{output: err.Error()}
	}
	tool.closeInput()
	return tool.wait()
}

func (b *builder) startTool(name, dir string, env []string, args ...string) (*runningTool, error) {
	inputOfTool, input, err := os.Pipe()
	if err != nil {
		return nil, err
	}
	defer inputOfTool.Close()
	output, outputOfTool, err := os.Pipe()
	if err != nil {
		input.Close()
		return nil, err
	}
	defer outputOfTool.Close()
	_, ended, err := b.children.start(command{
		path: "/go/tool/" + name, args: append([]string{name}, args...), dir: dir,
		env:   append(env, toolEnvironment...),
		files: []*os.File{inputOfTool, outputOfTool, outputOfTool},
	})
	if err != nil {
		input.Close()
		output.Close()
		return nil, err
	}
	return &runningTool{input, output, ended}, nil
}

// start lets a waiting tool go on.
func (t *runningTool) start() {
	_, _ = t.input.Write([]byte{1})
	t.closeInput()
}

func (t *runningTool) closeInput() { t.input.Close() }

// wait collects the output, up to a cap, and the end.
func (t *runningTool) wait() toolResult {
	defer t.output.Close()
	output, _ := io.ReadAll(io.LimitReader(t.output, maxToolOutput))
	_, _ = io.Copy(io.Discard, t.output)
	end := <-t.ended
	return toolResult{
		ok:     end.status.Exited() && end.status.ExitStatus() == 0,
		killed: end.status.Signaled(),
		output: string(output),
		cpu:    end.cpu(),
	}
}

// startVet vets beside the linker and tells its result: `ok` is false when `go test` would refuse to run the tests. Not
// beside the compiler: there the linker is busy loading already, and vet has nothing to say of code that does not compile.
func (b *builder) startVet() <-chan toolResult {
	done := make(chan toolResult, 1)
	go func() {
		end := b.out.stage("vet")
		result := b.vet(b.pkg.path, b.vettedFiles())
		if b.job.VetTests && len(b.pkg.external) > 0 && result.ok {
			own := result.cpu
			result = b.vet(b.pkg.path+"_test", names(b.pkg.external))
			result.cpu += own
		}
		end(result.cpu)
		done <- result
	}()
	return done
}

// vettedFiles are the package's files, with the judge's tests only where they are to be vetted too.
func (b *builder) vettedFiles() []string {
	if b.job.VetTests {
		return b.pkg.withTests()
	}
	var own []string
	for _, file := range slices.Concat(b.pkg.files, b.pkg.internal) {
		if file.isCandidates() {
			own = append(own, file.name)
		}
	}
	return own
}

// vetConfig is the file that `go vet` hands to the vet tool (cmd/vendor/golang.org/x/tools/go/analysis/unitchecker.Config).
type vetConfig struct {
	ID                        string
	Compiler                  string
	Dir                       string
	ImportPath                string
	GoVersion                 string
	GoFiles                   []string
	ImportMap                 map[string]string
	PackageFile               map[string]string
	Standard                  map[string]bool
	PackageVetx               map[string]string
	VetxOutput                string
	SucceedOnTypecheckFailure bool
}

func (b *builder) vet(path string, files []string) toolResult {
	if len(files) == 0 {
		return toolResult{ok: true}
	}
	config := vetConfig{
		ID: path, Compiler: "gc", Dir: sourceDir, ImportPath: path, GoVersion: "go" + b.job.GoVersion,
		ImportMap: map[string]string{}, PackageFile: map[string]string{}, Standard: map[string]bool{},
		PackageVetx: map[string]string{}, VetxOutput: filepath.Join(objectDir, "vetx"), SucceedOnTypecheckFailure: true,
	}
	for _, file := range files {
		config.GoFiles = append(config.GoFiles, filepath.Join(sourceDir, file))
	}
	for _, imported := range b.pkg.importable {
		config.ImportMap[imported] = imported
		config.PackageFile[imported] = "/go/" + b.mode() + "/" + imported + ".a"
		config.Standard[imported] = true
	}
	if path != b.pkg.path {
		config.ImportMap[b.pkg.path] = b.pkg.path
		config.PackageFile[b.pkg.path] = filepath.Join(objectDir, "p.a")
		// What vet found out about the package, for example which of its functions print like fmt.Printf.
		config.PackageVetx[b.pkg.path], config.VetxOutput = config.VetxOutput, filepath.Join(objectDir, "vetx_test")
	}
	text, _ := json.Marshal(config)
	name := filepath.Join(objectDir, "vet.cfg")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		return toolResult{output: err.Error()}
	}
	result := b.tool("vet", objectDir, "-json", name)
	if result.killed || !result.ok {
		// The compiler says better what is wrong with code that does not type-check.
		result.ok = !result.killed
		return result
	}
	if strings.TrimSpace(result.output) != "{}" && result.output != "" {
		b.out.event(textEvent{Type: "vet", Text: strings.ReplaceAll(result.output, sourceDir+"/", "")})
	}
	result.ok = !hasGateFinding(result.output)
	return result
}

// gate are the analyzers that `go test` runs before the tests (cmd/go/internal/test/test.go, defaultVetFlags).
var gate = []string{"atomic", "bool", "bools", "buildtag", "directive", "errorsas", "ifaceassert", "nilfunc", "printf", "slog",
	"stringintconv", "tests"}

func hasGateFinding(output string) bool {
	var findings map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(output), &findings); err != nil {
		return false
	}
	for _, analyzers := range findings {
		for name := range analyzers {
			if slices.Contains(gate, name) {
				return true
			}
		}
	}
	return false
}
