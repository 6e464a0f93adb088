package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

//go:embed runtime/still.go.txt
var stillSource string

// overlay is what we change in Go's own sources: files that the go command takes in place of, or beside, those of the
// toolchain. It holds for everything that is compiled here, so that std is compiled once.
type overlay struct {
	root, dir string
	// replace are the toolchain's names and ours.
	replace map[string]string
	// linker: the linker can load std beforehand (linker.go).
	linker bool
	// still: package runtime knows whether anything in the process can still move (decision 0024).
	still bool
	// points: goroutines can be made to give way at what others notice, and their locks are known (decision 0028).
	points bool
}

// layOver makes the overlay and lets every go command of this process use it. What does not fit this toolchain is left
// out: without the linker's part linking is slower, without the runtime's some hangs are told as timeouts, without the
// points fewer bugs are found.
func layOver() (*overlay, error) {
	root, err := output(nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "treebuild")
	if err != nil {
		return nil, err
	}
	o := &overlay{root: root, dir: dir, replace: map[string]string{}}
	if o.linker, err = o.changeLinker(); err != nil {
		return o, err
	}
	if o.still, err = o.changeRuntime(); err != nil {
		return o, err
	}
	if o.points, err = o.changePoints(); err != nil {
		return o, err
	}
	return o, o.use()
}

// remove is for when nothing is compiled any more.
func (o *overlay) remove() { os.RemoveAll(o.dir) }

// tags tell package evidence which functions the runtime has.
func (o *overlay) tags(race bool) string {
	tags := "tree"
	if o.still {
		tags += ",still"
	}
	if o.points && race {
		tags += ",points"
	}
	return tags
}

// changeRuntime adds a function to package runtime and tries whether it compiles there.
func (o *overlay) changeRuntime() (bool, error) {
	const added = "src/runtime/gosandbox_still.go"
	if err := o.put(added, stillSource); err != nil {
		return false, err
	}
	if err := o.use(); err != nil {
		return false, err
	}
	if err := run([]string{"CGO_ENABLED=1"}, "go", "list", "-export", "-f", "{{.Export}}", "runtime"); err != nil {
		fmt.Fprintln(os.Stderr, "this toolchain's runtime is not the one we know: fewer hangs will be proved")
		delete(o.replace, filepath.Join(o.root, added))
		return false, nil
	}
	return true, nil
}

// put lets a file of the toolchain have another text.
func (o *overlay) put(name, text string) error {
	file := filepath.Join(o.dir, strings.ReplaceAll(name, "/", "_"))
	o.replace[filepath.Join(o.root, name)] = file
	return os.WriteFile(file, []byte(text), 0o600)
}

func (o *overlay) use() error {
	text, err := json.Marshal(map[string]map[string]string{"Replace": o.replace})
	if err != nil {
		return err
	}
	name := filepath.Join(o.dir, "overlay.json")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		return err
	}
	return os.Setenv("GOFLAGS", "-overlay="+name)
}
