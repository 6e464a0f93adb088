package loop

import "testing"

func TestShared(t *testing.T) {
	all := Shared()
	t.Log(all[0] == all[1], *all[0])
}
