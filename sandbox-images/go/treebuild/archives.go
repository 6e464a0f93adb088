package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// ours are the packages beside std: what every test binary contains, what measuring tests use, and the modules that may
// be imported.
var ours = []string{"gosandbox/evidence", "gosandbox/measure", "golang.org/x/sync/...", "golang.org/x/time/...", "go.uber.org/goleak/..."}

// buildArchives compiles all packages and lists them in go/<mode>/importcfg (for the linker: all of them) and
// go/<mode>/importable (import paths that submitted code may use).
//
// Our own packages are compiled with tags: they tell package evidence what the runtime has.
func buildArchives(tree string, race bool, tags string) error {
	a := &archives{tree: tree, mode: "plain", tags: tags}
	if race {
		a.mode, a.flags = "race", []string{"-race"}
	}
	if err := a.addStd(); err != nil {
		return err
	}
	if err := a.addOurs(); err != nil {
		return err
	}
	if race {
		if err := addPopcount(a.file(a.raceRuntime())); err != nil {
			return err
		}
	}
	return a.writeLists()
}

// archives are the compiled packages of one mode, in the order in which they were added.
type archives struct {
	tree, mode string
	flags      []string
	paths      []string
	// tags that our own packages are compiled with.
	tags string
}

// inTree is where an archive stands inside the tree.
func (a *archives) inTree(path string) string { return "/go/" + a.mode + "/" + path + ".a" }

func (a *archives) file(path string) string { return filepath.Join(a.tree, a.inTree(path)) }

// addStd lets the go command compile std and copies the archives out of its cache.
func (a *archives) addStd() error {
	args := append([]string{"list", "-export", "-f", "{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}"}, a.flags...)
	listed, err := output([]string{"CGO_ENABLED=1"}, "go", append(args, "std")...)
	if err != nil {
		return err
	}
	for line := range strings.Lines(listed) {
		path, file, found := strings.Cut(strings.TrimSpace(line), " ")
		if !found {
			continue
		}
		if err := copyFile(file, a.file(path), 0o644); err != nil {
			return err
		}
		a.paths = append(a.paths, path)
	}
	return nil
}

// addOurs compiles the packages beside std with the compiler itself: the go command would write this machine's folders
// into them, and so into the stacks that people see.
func (a *archives) addOurs() error {
	// -e: package evidence uses testing's internals, which the go command refuses and the compiler does not know of.
	args := append([]string{"list", "-e", "-tags", a.tags, "-deps", "-f", "{{if not .Standard}}{{.ImportPath}} {{.Dir}} {{join .GoFiles \" \"}}{{end}}"}, a.flags...)
	listed, err := output([]string{"CGO_ENABLED=1"}, "go", append(args, ours...)...)
	if err != nil {
		return err
	}
	for line := range strings.Lines(listed) {
		fields := strings.Fields(line)
		if len(fields) < 3 {
			continue
		}
		if err := a.compile(fields[0], fields[1], fields[2:]); err != nil {
			return err
		}
	}
	return nil
}

func (a *archives) compile(path, dir string, files []string) error {
	config := filepath.Join(a.tree, "importcfg")
	if err := os.WriteFile(config, a.importConfig(a.tree), 0o644); err != nil {
		return err
	}
	defer os.Remove(config)
	if err := os.MkdirAll(filepath.Dir(a.file(path)), 0o755); err != nil {
		return err
	}
	args := []string{"tool", "compile", "-o", a.file(path), "-p", path, "-trimpath", dir + "=>" + path, "-complete",
		"-nolocalimports", "-importcfg", config, "-pack"}
	if a.mode == "race" {
		args = append(args, "-installsuffix", "race", "-race")
	}
	for _, file := range files {
		args = append(args, filepath.Join(dir, file))
	}
	a.paths = append(a.paths, path)
	return run(nil, "go", args...)
}

// importConfig lists all archives, as paths below root.
func (a *archives) importConfig(root string) []byte {
	var config bytes.Buffer
	for _, path := range a.paths {
		fmt.Fprintf(&config, "packagefile %s=%s%s\n", path, root, a.inTree(path))
	}
	return config.Bytes()
}

func (a *archives) writeLists() error {
	slices.Sort(a.paths)
	dir := filepath.Join(a.tree, "go", a.mode)
	if err := os.WriteFile(filepath.Join(dir, "importcfg"), a.importConfig(""), 0o644); err != nil {
		return err
	}
	importable := slices.DeleteFunc(slices.Clone(a.paths), func(path string) bool { return !isImportable(path) })
	return os.WriteFile(filepath.Join(dir, "importable"), []byte(strings.Join(importable, "\n")+"\n"), 0o644)
}

// raceRuntime is the package that holds the race detector's object file, for example runtime/race/internal/amd64v1;
// on architectures without variants it is runtime/race itself.
func (a *archives) raceRuntime() string {
	for _, path := range a.paths {
		if strings.HasPrefix(path, "runtime/race/internal/") {
			return path
		}
	}
	return "runtime/race"
}

// isImportable keeps the rules that the go command enforces and the compiler does not: no internal or vendored
// package, no cgo, nothing of ours.
func isImportable(path string) bool {
	if path == "runtime/cgo" || strings.HasPrefix(path, "gosandbox/") || strings.HasPrefix(path, "vendor/") {
		return false
	}
	return !slices.Contains(strings.Split(path, "/"), "internal")
}

// addPopcount puts the one libgcc function that the race detector's object needs beside it. The linker then needs no
// libgcc.a, which it would otherwise search on every link (35–50 ms of about 180).
func addPopcount(archive string) error {
	library, err := output(nil, "gcc", "-print-libgcc-file-name")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "treebuild")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	members := []string{"_popcountsi2.o", "_popcount_tab.o"}
	if err := run(nil, "ar", append([]string{"x", "--output", dir, library}, members...)...); err != nil {
		return err
	}
	args := []string{"tool", "pack", "r", archive}
	for _, member := range members {
		// The linker takes host objects by this ending.
		object := filepath.Join(dir, strings.TrimSuffix(member, ".o")+".syso")
		if err := os.Rename(filepath.Join(dir, member), object); err != nil {
			return err
		}
		args = append(args, object)
	}
	return run(nil, "go", args...)
}
