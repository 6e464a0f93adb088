package lease

import "testing"

func TestRevokedLeaseIsNotRenewed(t *testing.T) {
	k := NewKeeper()
	defer k.Close()
	k.Grant("lock/a")
	k.Grant("lock/b")
	k.Revoke("lock/b")
	if !k.Renew("lock/a") || k.Renew("lock/b") {
		t.Error("want only lock/a to be renewed")
	}
}
