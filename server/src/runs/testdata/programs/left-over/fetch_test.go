package fetch

import "testing"

func TestWatch(t *testing.T) { Watch() }
