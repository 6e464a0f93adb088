package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// startVet vets beside the linker and tells its result: `ok` is false when `go test` would refuse to run the tests. Not
// beside the compiler: there the linker is busy loading already, and vet has nothing to say of code that does not compile.
func (b *builder) startVet() <-chan toolResult {
	done := make(chan toolResult, 1)
	go func() {
		end := b.out.stage("vet")
		result := b.vet(b.pkg.path, b.vettedFiles())
		if b.job.VetTests && len(b.pkg.external) > 0 && result.ok {
			own := result.cpu
			result = b.vet(b.pkg.path+"_test", names(b.pkg.external))
			result.cpu += own
		}
		end(result.cpu)
		done <- result
	}()
	return done
}

// vettedFiles are the package's files, with the judge's tests only where they are to be vetted too.
func (b *builder) vettedFiles() []string {
	if b.job.VetTests {
		return b.pkg.withTests()
	}
	var own []string
	for _, file := range slices.Concat(b.pkg.files, b.pkg.internal) {
		if file.isCandidates() {
			own = append(own, file.name)
		}
	}
	return own
}

// vetConfig is the file that `go vet` hands to the vet tool (cmd/vendor/golang.org/x/tools/go/analysis/unitchecker.Config).
type vetConfig struct {
	ID                        string
	Compiler                  string
	Dir                       string
	ImportPath                string
	GoVersion                 string
	GoFiles                   []string
	ImportMap                 map[string]string
	PackageFile               map[string]string
	Standard                  map[string]bool
	PackageVetx               map[string]string
	VetxOutput                string
	SucceedOnTypecheckFailure bool
}

func (b *builder) vet(path string, files []string) toolResult {
	if len(files) == 0 {
		return toolResult{ok: true}
	}
	config := vetConfig{
		ID: path, Compiler: "gc", Dir: sourceDir, ImportPath: path, GoVersion: "go" + b.job.GoVersion,
		ImportMap: map[string]string{}, PackageFile: map[string]string{}, Standard: map[string]bool{},
		PackageVetx: map[string]string{}, VetxOutput: filepath.Join(objectDir, "vetx"), SucceedOnTypecheckFailure: true,
	}
	for _, file := range files {
		config.GoFiles = append(config.GoFiles, filepath.Join(sourceDir, file))
	}
	for _, imported := range b.pkg.importable {
		config.ImportMap[imported] = imported
		config.PackageFile[imported] = "/go/" + b.mode() + "/" + imported + ".a"
		config.Standard[imported] = true
	}
	if path != b.pkg.path {
		config.ImportMap[b.pkg.path] = b.pkg.path
		config.PackageFile[b.pkg.path] = filepath.Join(objectDir, "p.a")
		// What vet found out about the package, for example which of its functions print like fmt.Printf.
		config.PackageVetx[b.pkg.path], config.VetxOutput = config.VetxOutput, filepath.Join(objectDir, "vetx_test")
	}
	text, _ := json.Marshal(config)
	name := filepath.Join(objectDir, "vet.cfg")
	if err := os.WriteFile(name, text, 0o600); err != nil {
		return toolResult{output: err.Error()}
	}
	result := b.tool("vet", objectDir, "-json", name)
	if result.killed || !result.ok {
		// The compiler says better what is wrong with code that does not type-check.
		result.ok = !result.killed
		return result
	}
	if strings.TrimSpace(result.output) != "{}" && result.output != "" {
		b.out.event(textEvent{Type: "vet", Text: strings.ReplaceAll(result.output, sourceDir+"/", "")})
	}
	result.ok = !hasGateFinding(result.output)
	return result
}

// gate are the analyzers that `go test` runs before the tests (cmd/go/internal/test/test.go, defaultVetFlags).
var gate = []string{"atomic", "bool", "bools", "buildtag", "directive", "errorsas", "ifaceassert", "nilfunc", "printf", "slog",
	"stringintconv", "tests"}

func hasGateFinding(output string) bool {
	var findings map[string]map[string]json.RawMessage
	if err := json.Unmarshal([]byte(output), &findings); err != nil {
		return false
	}
	for _, analyzers := range findings {
		for name := range analyzers {
			if slices.Contains(gate, name) {
				return true
			}
		}
	}
	return false
}
