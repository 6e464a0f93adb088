package main

import (
	"fmt"
	"slices"
	"strings"
)

// leftOut is a file that the build constraints keep out of this build. The go command passes over it in silence; who
// wrote it is told.
type leftOut struct {
	file, message string
	line          int
}

// whyLeftOut finds what keeps a file out: its name, which the go command looks at first, or its constraint.
func whyLeftOut(j *job, file jobFile) leftOut {
	if strings.HasPrefix(file.Name, "_") || strings.HasPrefix(file.Name, ".") {
		return leftOut{file.Name, fmt.Sprintf("left out: its name begins with %q, so the go command ignores it", file.Name[:1]), 1}
	}
	empty := jobFile{Name: file.Name, Text: "package p\n"}
	if fits, err := matches(j, empty); err == nil && !fits {
		suffix := platformOf(file.Name)
		return leftOut{file.Name, fmt.Sprintf("left out: its name ends in %s, so it is only built for %s",
			suffix, strings.ReplaceAll(suffix[1:], "_", " on ")), 1}
	}
	for i, line := range strings.Split(file.Text, "\n") {
		if line = strings.TrimSpace(line); isBuildConstraint(line) {
			return leftOut{file.Name, fmt.Sprintf("left out: `%s` does not hold here", line), i + 1}
		}
	}
	return leftOut{file.Name, "left out: its build constraints do not hold here", 1}
}

// platformOf is the end of a file's name that go/build takes for an operating system, an architecture or both.
func platformOf(name string) string {
	name, _, _ = strings.Cut(name, ".")
	name = strings.TrimSuffix(name, "_test")
	parts := strings.Split(name, "_")
	if n := len(parts); n >= 3 && slices.Contains(systems, parts[n-2]) {
		return "_" + parts[n-2] + "_" + parts[n-1]
	}
	return "_" + parts[len(parts)-1]
}

// systems are those of internal/syslist, which file names can end in.
var systems = []string{"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "js", "linux", "nacl",
	"netbsd", "openbsd", "plan9", "solaris", "wasip1", "windows", "zos"}
