//go:build points

package evidence

import _ "unsafe" // for go:linkname

// perturb is a function that treebuild adds to package runtime: see treebuild/runtime/points.go.txt.
//
//go:linkname perturb runtime.gosandboxPerturb
func perturb(seed uint32)
