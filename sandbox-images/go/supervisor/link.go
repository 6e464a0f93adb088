package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

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
	l := &linker{binary: filepath.Join(b.job.binaryDir(), b.pkg.binaryName())}
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
	if len(b.job.Reference) > 0 {
		fmt.Fprintf(text, "packagefile %s=%s\n", referencePath(b.pkg.path), filepath.Join(objectDir, "r.a"))
	}
	if len(b.pkg.external) > 0 {
		fmt.Fprintf(text, "packagefile %s_test=%s\n", b.pkg.path, filepath.Join(objectDir, "x.a"))
	}
	return text.Bytes()
}
