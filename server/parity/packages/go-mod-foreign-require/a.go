package a

import "example.org/nobody/nothing"

var _ = nothing.X
