package order

import "testing"

func TestBFirst(t *testing.T)  {}
func TestASecond(t *testing.T) {}
