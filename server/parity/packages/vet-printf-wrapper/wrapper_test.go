package wrapper

import "testing"

func TestOpen(t *testing.T) { t.Log(Open("x")) }
