package embed

import "testing"

func TestHello(t *testing.T) { t.Log(Hello) }
