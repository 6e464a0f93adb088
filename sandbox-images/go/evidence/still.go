//go:build still

package evidence

import _ "unsafe" // for go:linkname

// still is a function that treebuild adds to package runtime: see treebuild/runtime/still.go.txt.
//
//go:linkname still runtime.gosandboxStill
func still() (still bool, events uint64)
