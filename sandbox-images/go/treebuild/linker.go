package main

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed linker/preload.go.txt
var preloadSource string

//go:embed linker/ahead.go.txt
var aheadSource string

// loadLoop is where the linker loads the packages of a program (cmd/link/internal/ld/lib.go, loadlib): once main and
// what it imports, once more what the runtime needs.
const loadLoop = `		lib := ctxt.Library[i]
		if lib.Shlib == "" {
`

// loadSymbols is where the linker makes the table of all symbols (cmd/link/internal/loader, loader.go).
const loadSymbols = "func (l *Loader) LoadSyms(arch *sys.Arch) {\n"

const goOnFromAhead = `	if ahead.done {
		l.loadRest(arch)
		return
	}
`

// changeLinker gives Go's linker one addition: it can load std while the program is still being compiled, which takes
// half of a link's time off the way to the verdict. Where this toolchain's linker looks different, the tree keeps the
// stock linker, which only is slower.
func (o *overlay) changeLinker() (bool, error) {
	const loader = "src/cmd/link/internal/ld/lib.go"
	text, err := os.ReadFile(filepath.Join(o.root, loader))
	if err != nil {
		return false, fmt.Errorf("the linker's source: %w", err)
	}
	patched, ok := patchLoadLoops(string(text))
	if !ok {
		fmt.Fprintln(os.Stderr, "this toolchain's linker is not the one we know: linking will be slower")
		return false, nil
	}
	const symbols = "src/cmd/link/internal/loader/loader.go"
	if text, err = os.ReadFile(filepath.Join(o.root, symbols)); err != nil {
		return false, fmt.Errorf("the linker's source: %w", err)
	}
	if strings.Count(string(text), loadSymbols) != 1 {
		fmt.Fprintln(os.Stderr, "this toolchain's linker is not the one we know: linking will be slower")
		return false, nil
	}
	for name, source := range map[string]string{
		loader:                                  patched,
		symbols:                                 strings.Replace(string(text), loadSymbols, loadSymbols+goOnFromAhead, 1),
		"src/cmd/link/internal/ld/preload.go":   preloadSource,
		"src/cmd/link/internal/loader/ahead.go": aheadSource,
	} {
		if err := o.put(name, source); err != nil {
			return false, err
		}
	}
	return true, nil
}

// patchLoadLoops makes both loops of loadlib pass over what preload has loaded, and leaves out a search through all
// relocations that comes to nothing with -libgcc=none.
func patchLoadLoops(text string) (string, bool) {
	const begin = "	i := 0\n	for ; i < len(ctxt.Library); i++ {\n"
	if strings.Count(text, begin) != 1 || strings.Count(text, loadLoop) != 2 {
		return "", false
	}
	text = strings.Replace(text, begin, "	preloaded := ctxt.preload()\n"+begin, 1)
	const search = "	if ctxt.LinkMode == LinkInternal && len(hostobj) != 0 {\n"
	if strings.Count(text, search) != 1 {
		return "", false
	}
	// Symbols are searched for that libgcc could define, which a pure Go program with the race detector does not need.
	text = strings.Replace(text, search, strings.Replace(search, " {", ` && *flagLibGCC != "none" {`, 1), 1)
	skipping := strings.Replace(loadLoop, `lib.Shlib == ""`, `lib.Shlib == "" && !preloaded[lib]`, 1)
	return strings.ReplaceAll(text, loadLoop, skipping), true
}

// buildLinker builds the changed linker, in the same way as the archives of std, so that what both need is compiled once.
func buildLinker(tree string) error {
	return run([]string{"CGO_ENABLED=0"}, "go", "build", "-ldflags=-s -w",
		"-o", filepath.Join(tree, "go/tool/link-preloading"), "cmd/link")
}
