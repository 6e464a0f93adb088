package testmain_test

import "testing"

func TestMain(m *testing.M) { m.Run() }

func TestOther(t *testing.T) {}
