package main

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// godebugTable is written by treebuild: one setting a line, with the minor version of Go that changed its default and
// the value from before.
const godebugTable = "/go/godebug"

// defaultGODEBUG is what the go command links into a test binary as runtime.godebugDefault (cmd/go/internal/load,
// godebug.go): the defaults of the module's Go version and the files' own //go:debug lines.
func (p *loaded) defaultGODEBUG(goVersion string) string {
	own := p.debugLines()
	if version, ok := own["default"]; ok {
		delete(own, "default")
		goVersion = strings.TrimPrefix(version, "go")
	}
	settings := defaultsOf(goVersion)
	maps.Copy(settings, own)
	var list []string
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		list = append(list, name+"="+settings[name])
	}
	return strings.Join(list, ",")
}

func defaultsOf(goVersion string) map[string]string {
	settings := map[string]string{}
	_, minor, _ := strings.Cut(goVersion, ".")
	number, err := strconv.Atoi(minor)
	fields, errTable := readLines(godebugTable)
	if err != nil || errTable != nil {
		return settings
	}
	for line := range slices.Chunk(fields, 3) {
		if changed, _ := strconv.Atoi(line[1]); number < changed {
			settings[line[0]] = line[2]
		}
	}
	return settings
}

// debugLines are the //go:debug lines before the package clauses.
func (p *loaded) debugLines() map[string]string {
	settings := map[string]string{}
	for _, src := range slices.Concat(p.files, p.internal, p.external) {
		for _, group := range src.tree.Comments {
			for _, comment := range group.List {
				text, ok := strings.CutPrefix(comment.Text, "//go:debug ")
				if name, value, found := strings.Cut(strings.TrimSpace(text), "="); ok && found && comment.Pos() < src.tree.Package {
					settings[name] = value
				}
			}
		}
	}
	return settings
}
