package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
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
	// referenceDir has the sources of the package that measuring tests compare with.
	referenceDir = workSpace + "/reference"
	measure      = "gosandbox/measure"
	// evidenceFirst is imported by every tested package, through a file of ours, so that it is initialised before it. No
	// submitted file can have that file's name: the go command ignores names that begin with an underscore.
	evidenceFirst = "gosandbox/evidence/first"
	firstFile     = "_first.go"
)

// builder compiles, vets and links one loaded package, without the go command.
type builder struct {
	job      *job
	pkg      *loaded
	out      *frameWriter
	children *children
}

// build makes the test binary and returns its path, or the outcome that ended the build.
func (b *builder) build() (binary, outcome, stage string) {
	for _, dir := range []string{sourceDir, referenceDir, objectDir, b.job.binaryDir(), runDir, raceDir} {
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
	for _, file := range b.job.Reference {
		if err := os.WriteFile(filepath.Join(referenceDir, filepath.Base(file.Name)), []byte(file.Text), 0o600); err != nil {
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
	if len(b.job.Reference) > 0 {
		units = append(units, b.reference())
	}
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
		if b.job.Escapes && u.path == b.pkg.path {
			b.out.event(textEvent{Type: "escapes", Text: result.output})
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
	// shown is the folder that stacks name; files of the tested package have none.
	shown string
}

// reference is the package that measuring tests compare with. Its files have the names of the candidate's: in stacks they
// are in a folder.
func (b *builder) reference() unit {
	u := unit{path: referencePath(b.pkg.path), archive: "r.a", dir: referenceDir, shown: "reference"}
	for _, file := range b.job.Reference {
		u.files = append(u.files, filepath.Base(file.Name))
	}
	return u
}

func (b *builder) compile(u unit) toolResult {
	config := filepath.Join(objectDir, u.archive+".importcfg")
	if err := os.WriteFile(config, b.importConfig(u.path), 0o600); err != nil {
		return toolResult{output: err.Error()}
	}
	args := []string{"-o", filepath.Join(objectDir, u.archive), "-p", u.path, "-trimpath", u.dir + "=>" + u.shown,
		"-lang=go" + b.job.GoVersion, "-complete", "-nolocalimports", "-importcfg", config, "-pack", "-c=2"}
	if u.path == "main" {
		args = append(args, "-dwarf=false")
	}
	if b.job.Escapes && u.path == b.pkg.path {
		args = append(args, "-m")
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
	if len(b.job.Reference) > 0 && unitPath == b.pkg.path+"_test" {
		fmt.Fprintf(&config, "packagefile %s=%s\n", referencePath(b.pkg.path), filepath.Join(objectDir, "r.a"))
		fmt.Fprintf(&config, "packagefile %s=/go/%s/%s.a\n", measure, b.mode(), measure)
	}
	if unitPath != b.pkg.path && unitPath != referencePath(b.pkg.path) && len(b.pkg.withTests()) > 0 {
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
