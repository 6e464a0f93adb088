package testmain

import "testing"

func TestMain(m testing.M) {}

func TestOther(t *testing.T) {}
