package skip

import "testing"

func TestSkip(t *testing.T)    { t.Skip("not here") }
func TestSkipf(t *testing.T)   { t.Skipf("needs %d hands", 3) }
func TestSkipNow(t *testing.T) { t.SkipNow() }

func TestSkippedAfterFailure(t *testing.T) {
	t.Error("failed first")
	t.Skip("then skipped")
}

func TestParent(t *testing.T) {
	t.Run("skipped", func(t *testing.T) { t.SkipNow() })
	t.Run("passes", func(t *testing.T) {})
}
