package again

import "testing"

func TestWrapped(t *testing.T) { Wrapped(3) }

func TestSame(t *testing.T) { Same(3) }

func TestWrappedInPool(t *testing.T) { Pool(Wrapped) }

func TestSameInPool(t *testing.T) { Pool(Same) }

func TestBoth(t *testing.T) {
	defer func() {
		if r := recover(); r != nil {
			panic(r)
		}
	}()
	Wrapped(3)
}
