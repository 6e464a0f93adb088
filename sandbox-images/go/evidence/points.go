//go:build points

package evidence

import _ "unsafe" // for go:linkname

// These are functions that treebuild adds to package runtime: see treebuild/runtime/points_race.go.txt.

//go:linkname perturb runtime.gosandboxPerturb
func perturb(seed uint32)

//go:linkname runtimeWaits runtime.gosandboxWaits
func runtimeWaits(buffer []uintptr) int
