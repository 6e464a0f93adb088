package lib_test

import "testing"

func TestExternalInFirstFile(t *testing.T) {}
