package cycle

import "example.com/build-import-cycle"

var _ = cycle.F

func F() {}
