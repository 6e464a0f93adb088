package exit

import "testing"

func TestNeverRuns(t *testing.T) { t.Error("must not run") }
