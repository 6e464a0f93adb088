package watcher

import (
	"testing"
	"testing/synctest"
)

func TestReload(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := New("/etc/")
		w.Notify("/etc/hosts")
		w.Notify("/var/log/syslog")
		synctest.Wait()
		if n := w.Matched.Load(); n != 1 {
			t.Errorf("matched %d changes, want 1", n)
		}
		w.Reload("/var/")
		w.Close()
	})
}
