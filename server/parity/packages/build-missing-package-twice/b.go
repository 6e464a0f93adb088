package a

import "strngs"

var _ = strngs.Y
