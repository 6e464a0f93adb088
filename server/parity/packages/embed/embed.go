package embed

import _ "embed"

//go:embed hello.txt
var Hello string
