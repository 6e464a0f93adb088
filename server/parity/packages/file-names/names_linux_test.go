package names

import "testing"

func TestLinux(t *testing.T) {}
