package dot

import . "testing"

func TestDot(t *T) { t.Log("dot import") }
