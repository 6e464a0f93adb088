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

// loadLoop is where the linker loads the packages of a program (cmd/link/internal/ld/lib.go, loadlib): once main and
// what it imports, once more what the runtime needs.
const loadLoop = `		lib := ctxt.Library[i]
		if lib.Shlib == "" {
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
	if err := o.put(loader, patched); err != nil {
		return false, err
	}
	return true, o.put("src/cmd/link/internal/ld/preload.go", preloadSource)
}

// patchLoadLoops makes both loops of loadlib pass over what preload has loaded.
func patchLoadLoops(text string) (string, bool) {
	const begin = "	i := 0\n	for ; i < len(ctxt.Library); i++ {\n"
	if strings.Count(text, begin) != 1 || strings.Count(text, loadLoop) != 2 {
		return "", false
	}
	text = strings.Replace(text, begin, "	preloaded := ctxt.preload()\n"+begin, 1)
	skipping := strings.Replace(loadLoop, `lib.Shlib == ""`, `lib.Shlib == "" && !preloaded[lib]`, 1)
	return strings.ReplaceAll(text, loadLoop, skipping), true
}

// buildLinker builds the changed linker, in the same way as the archives of std, so that what both need is compiled once.
func buildLinker(tree string) error {
	return run([]string{"CGO_ENABLED=0"}, "go", "build", "-ldflags=-s -w",
		"-o", filepath.Join(tree, "go/tool/link-preloading"), "cmd/link")
}
