package lib

import "example.com/sub-package/inner"

func F() int { return inner.N }
