//go:build points

package evidence

import (
	"io"
	"runtime/pprof"
	_ "unsafe" // for go:linkname
)

// These are functions that treebuild adds to package runtime: see treebuild/runtime/points_race.go.txt.

//go:linkname perturb runtime.gosandboxPerturb
func perturb(seed uint32)

//go:linkname runtimeWaits runtime.gosandboxWaits
func runtimeWaits(buffer []uintptr) int

//go:linkname runtimeSeekAlone runtime.gosandboxSeekAlone
func runtimeSeekAlone(on bool)

// findAlone lets the leak detection look once as if timers woke nobody: whom it then finds, and does not find without that, is
// told by runtimeWaits. Of these it marks none: their timers do wake them.
func findAlone() {
	runtimeSeekAlone(true)
	defer runtimeSeekAlone(false)
	_ = pprof.Lookup("goroutineleak").WriteTo(io.Discard, 0)
}
