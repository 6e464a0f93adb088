package missing

import "example.org/not/required"

var _ = required.X
