package fetch

import "testing"

func TestFirst(t *testing.T) { First(3) }

func TestOne(t *testing.T) { First(1) }
