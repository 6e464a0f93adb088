package lib_test

import (
	"testing"

	lib "my.example/deep/path/v2"
)

func TestPath(t *testing.T) { t.Log(lib.Path()) }
