package main

import (
	_ "embed"
	"encoding/json"
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

// buildLinker builds Go's linker with one addition: it can load std while the program is still being compiled, which
// takes half of a link's time off the way to the verdict. Where this toolchain's linker looks different, the tree
// keeps the stock linker, which only is slower.
func buildLinker(tree string) error {
	root, err := output(nil, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	source := filepath.Join(root, "src/cmd/link/internal/ld/lib.go")
	text, err := os.ReadFile(source)
	if err != nil {
		return fmt.Errorf("the linker's source: %w", err)
	}
	patched, ok := patchLoadLoops(string(text))
	if !ok {
		fmt.Fprintln(os.Stderr, "this toolchain's linker is not the one we know: linking will be slower")
		return nil
	}
	return buildOverlaid(tree, root, patched)
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

func buildOverlaid(tree, root, patched string) error {
	dir, err := os.MkdirTemp("", "treebuild")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	library, preload := filepath.Join(dir, "lib.go"), filepath.Join(dir, "preload.go")
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {
		filepath.Join(root, "src/cmd/link/internal/ld/lib.go"):     library,
		filepath.Join(root, "src/cmd/link/internal/ld/preload.go"): preload,
	}})
	if err != nil {
		return err
	}
	for name, text := range map[string]string{
		library: patched, preload: preloadSource, filepath.Join(dir, "overlay.json"): string(overlay),
	} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			return err
		}
	}
	// In the same way as the archives of std, so that what both need is compiled once.
	return run([]string{"CGO_ENABLED=0"}, "go", "build", "-ldflags=-s -w",
		"-overlay", filepath.Join(dir, "overlay.json"), "-o", filepath.Join(tree, "go/tool/link-preloading"), "cmd/link")
}
