package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

func buildSupervisor(tree string) error {
	return buildProgram("./supervisor", filepath.Join(tree, "supervisor"))
}

// buildTimeline builds what reads execution traces.
func buildTimeline(tree string) error {
	return buildProgram("./timeline", filepath.Join(tree, "go/tool/timeline"))
}

// buildProgram hides this machine's folders in our own packages only: with the go command's -trimpath all of std
// would have to be compiled once more than the archives need it.
func buildProgram(source, binary string) error {
	here, err := os.Getwd()
	if err != nil {
		return err
	}
	modules, err := output(nil, "go", "env", "GOMODCACHE")
	if err != nil {
		return err
	}
	err = run([]string{"CGO_ENABLED=0"}, "go", "build", "-ldflags=-s -w",
		"-gcflags=gosandbox/...=-trimpath="+here+"=>gosandbox", "-gcflags=golang.org/...=-trimpath="+modules+"=>",
		"-asmflags=golang.org/...=-trimpath="+modules+"=>",
		"-o", binary, source)
	if err != nil {
		return err
	}
	// The build's flags, and so a folder of this machine, are written in it: nobody inside needs to read it.
	return os.Chmod(binary, 0o711)
}

func copyTools(tree string) error {
	root, err := output(nil, "go", "env", "GOROOT")
	if err != nil {
		return err
	}
	dir, err := output(nil, "go", "env", "GOTOOLDIR")
	if err != nil {
		return err
	}
	for _, tool := range []string{"compile", "link", "vet"} {
		if err := copyFile(filepath.Join(dir, tool), filepath.Join(tree, "go/tool", tool), 0o755); err != nil {
			return err
		}
	}
	version, err := output(nil, "go", "env", "GOVERSION")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(tree, "go/VERSION"), []byte(version+"\n"), 0o644); err != nil {
		return err
	}
	if err := writeGodebugTable(tree, root); err != nil {
		return err
	}
	return copyFile(filepath.Join(root, "lib/time/zoneinfo.zip"), filepath.Join(tree, "go/zoneinfo.zip"), 0o644)
}

var godebugSetting = regexp.MustCompile(`\{Name: "(\w+)",.* Changed: (\d+), Old: "(\w*)"`)

// writeGodebugTable lists the settings whose default changed, for modules that ask for an older Go version.
func writeGodebugTable(tree, root string) error {
	source, err := os.ReadFile(filepath.Join(root, "src/internal/godebugs/table.go"))
	if err != nil {
		return err
	}
	var table strings.Builder
	for _, setting := range godebugSetting.FindAllStringSubmatch(string(source), -1) {
		fmt.Fprintf(&table, "%s %s %s\n", setting[1], setting[2], setting[3])
	}
	return os.WriteFile(filepath.Join(tree, "go/godebug"), []byte(table.String()), 0o644)
}

// copyLibc copies what the dynamic loader needs for a race binary: every library that the race archives can ask for.
func copyLibc(tree string) error {
	dir, err := os.MkdirTemp("", "treebuild")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	program := filepath.Join(dir, "probe.go")
	source := "package main\n\nimport (\n\t_ \"net\"\n\t_ \"os/user\"\n)\n\nfunc main() {}\n"
	if err := os.WriteFile(program, []byte(source), 0o644); err != nil {
		return err
	}
	binary := filepath.Join(dir, "probe")
	if err := run([]string{"CGO_ENABLED=1"}, "go", "build", "-race", "-o", binary, program); err != nil {
		return err
	}
	libraries, err := output(nil, "ldd", binary)
	if err != nil {
		return err
	}
	for line := range strings.Lines(libraries) {
		path := libraryPath(line)
		if path == "" {
			continue
		}
		if err := copyFile(path, filepath.Join(tree, path), 0o755); err != nil {
			return err
		}
	}
	return nil
}

// libraryPath takes the absolute path out of a line of ldd: `libc.so.6 => /lib/…/libc.so.6 (0x…)` or `/lib64/ld-… (0x…)`.
func libraryPath(line string) string {
	for field := range strings.FieldsSeq(line) {
		if strings.HasPrefix(field, "/") {
			return field
		}
	}
	return ""
}

func copyFile(from, to string, mode os.FileMode) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
		return err
	}
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer source.Close()
	target, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if _, err := io.Copy(target, source); err != nil {
		target.Close()
		return err
	}
	return target.Close()
}

func run(env []string, name string, args ...string) error {
	_, err := output(env, name, args...)
	return err
}

// output runs a command and returns its standard output without the last newline; a failure carries its standard error.
func output(env []string, name string, args ...string) (string, error) {
	command := exec.Command(name, args...)
	command.Env = append(os.Environ(), env...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	if err := command.Run(); err != nil {
		return "", fmt.Errorf("%s %s: %w\n%s", name, strings.Join(args, " "), err, stderr.String())
	}
	return strings.TrimRight(stdout.String(), "\n"), nil
}
