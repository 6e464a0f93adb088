package order

import "testing"

func TestZ(t *testing.T) {}
func TestY(t *testing.T) {}
