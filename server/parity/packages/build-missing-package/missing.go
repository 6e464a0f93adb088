package missing

import (
	"nosuch/pkg"
	"strngs"
)

var _ = pkg.X
var _ = strngs.Y
