package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Packages whose archives the tree holds: everything that a program built by `go test` can link.
var packages = []string{
	"std", "gosandbox/evidence",
	"golang.org/x/sync/...", "golang.org/x/time/...", "go.uber.org/goleak/...",
}

// archive is one compiled package: its import path and where the go command keeps it.
type archive struct{ path, file string }

// buildArchives compiles all packages and lists them in go/<mode>/importcfg (for the linker: all of them) and
// go/<mode>/importable (import paths that submitted code may use).
func buildArchives(tree string, race bool) error {
	mode := "plain"
	flags := []string{"list", "-export", "-deps", "-f", "{{if .Export}}{{.ImportPath}} {{.Export}}{{end}}"}
	if race {
		mode = "race"
		flags = append(flags, "-race")
	}
	listed, err := output([]string{"CGO_ENABLED=1"}, "go", append(flags, packages...)...)
	if err != nil {
		return err
	}
	archives := parseArchives(listed)
	dir := filepath.Join(tree, "go", mode)
	var config, importable strings.Builder
	for _, a := range archives {
		name := filepath.Join("go", mode, a.path+".a")
		if err := copyFile(a.file, filepath.Join(tree, name), 0o644); err != nil {
			return err
		}
		fmt.Fprintf(&config, "packagefile %s=/%s\n", a.path, name)
		if isImportable(a.path) {
			fmt.Fprintln(&importable, a.path)
		}
	}
	if race {
		if err := addPopcount(filepath.Join(dir, raceRuntime(archives)+".a")); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "importcfg"), []byte(config.String()), 0o644); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "importable"), []byte(importable.String()), 0o644)
}

func parseArchives(listed string) []archive {
	var archives []archive
	for line := range strings.Lines(listed) {
		path, file, found := strings.Cut(strings.TrimSpace(line), " ")
		if found {
			archives = append(archives, archive{path, file})
		}
	}
	slices.SortFunc(archives, func(a, b archive) int { return strings.Compare(a.path, b.path) })
	return archives
}

// isImportable keeps the rules that the go command enforces and the compiler does not: no internal or vendored
// package, no cgo, nothing of ours.
func isImportable(path string) bool {
	if path == "runtime/cgo" || strings.HasPrefix(path, "gosandbox/") || strings.HasPrefix(path, "vendor/") {
		return false
	}
	return !slices.Contains(strings.Split(path, "/"), "internal")
}

// raceRuntime is the package that holds the race detector's object file, for example runtime/race/internal/amd64v1;
// on architectures without variants it is runtime/race itself.
func raceRuntime(archives []archive) string {
	for _, a := range archives {
		if strings.HasPrefix(a.path, "runtime/race/internal/") {
			return a.path
		}
	}
	return "runtime/race"
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
