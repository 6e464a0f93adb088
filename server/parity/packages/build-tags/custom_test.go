//go:build integration

package tags

import "testing"

func TestIntegration(t *testing.T) { t.Error("must not run") }
