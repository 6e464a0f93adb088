// Command treebuild makes the root tree in which submitted code is built and run: the compiler, the linker and vet,
// std and the allowed modules as archives with and without the race detector, libc with its loader, the supervisor,
// and what reads execution traces. It needs a Go toolchain and, for the race detector's archives, a C compiler with libc's headers.
//
//	go run ./treebuild -out DIR
//	go run ./treebuild -warm        compiles ahead into Go's build cache, until standard input ends
//
// Run it in the module's own folder. DIR must not exist; it is complete when the command exits with 0.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// experiment is what std is compiled with, and what the supervisor passes to compile and link.
const experiment = "goroutineleakprofile"

func main() {
	out := flag.String("out", "", "folder to make")
	ahead := flag.Bool("warm", false, "compile ahead until standard input ends")
	flag.Parse()
	if !*ahead && *out == "" || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "usage: treebuild -out DIR | -warm")
		os.Exit(2)
	}
	if err := start(*out, *ahead); err != nil {
		fmt.Fprintln(os.Stderr, "treebuild:", err)
		os.Exit(1)
	}
}

func start(out string, ahead bool) error {
	// Whatever the caller's shell says: these decide what std is compiled with.
	os.Setenv("GOEXPERIMENT", experiment)
	os.Setenv("GOFLAGS", "")
	changes, err := layOver()
	if changes != nil {
		defer changes.remove()
	}
	if err != nil {
		return err
	}
	if ahead {
		warm()
		return nil
	}
	return build(out, changes)
}

func build(out string, changes *overlay) error {
	if _, err := os.Stat(out); err == nil {
		return fmt.Errorf("%s exists already", out)
	}
	type step struct {
		what string
		do   func(tree string) error
	}
	archives := func(race bool) func(string) error {
		return func(tree string) error { return buildArchives(tree, race, changes.tags(race)) }
	}
	steps := []step{
		{"folders and files of the system", layOut},
		{"supervisor", buildSupervisor},
		{"compiler, linker, vet", copyTools},
		{"reader of execution traces", buildTimeline},
		{"std with the race detector", archives(true)},
		{"std without the race detector", archives(false)},
		{"libc and its loader", copyLibc},
	}
	if changes.linker {
		steps = append(steps, step{"linker that loads std beforehand", buildLinker})
	}
	for _, step := range steps {
		begin := time.Now()
		if err := step.do(out); err != nil {
			return fmt.Errorf("%s: %w", step.what, err)
		}
		fmt.Fprintf(os.Stderr, "%s: %.1f s\n", step.what, time.Since(begin).Seconds())
	}
	return nil
}

// layOut makes the mount points and the few files that libc and the net package look for.
func layOut(tree string) error {
	for _, dir := range []string{"proc", "sys", "dev", "tmp", "etc", "go", "lib64"} {
		if err := os.MkdirAll(filepath.Join(tree, dir), 0o755); err != nil {
			return err
		}
	}
	files := map[string]string{
		"etc/passwd":        "root:x:0:0::/:/\ncandidate:x:65532:65532::/tmp:/\n",
		"etc/group":         "root:x:0:\ncandidate:x:65532:\n",
		"etc/hosts":         "127.0.0.1 localhost\n::1 localhost\n",
		"etc/nsswitch.conf": "hosts: files\n",
		"etc/resolv.conf":   "",
		"etc/hostname":      "sandbox\n",
	}
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(tree, name), []byte(text), 0o644); err != nil {
			return err
		}
	}
	return nil
}
