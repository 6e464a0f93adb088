package initial

import "testing"

func TestSize(t *testing.T) { Size() }
