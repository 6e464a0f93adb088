package testing

import real "testing"

func TestReal(t *real.T) { t.Log(Real()) }
