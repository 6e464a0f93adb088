// Package gosandbox pins the modules that submitted code may import besides std. Importing them here keeps their
// versions and sums in go.mod and go.sum; treebuild compiles them into the tree.
package gosandbox

import (
	_ "go.uber.org/goleak"
	_ "golang.org/x/sync/errgroup"
	_ "golang.org/x/sync/semaphore"
	_ "golang.org/x/sync/singleflight"
	_ "golang.org/x/sync/syncmap"
	_ "golang.org/x/time/rate"
)
