package syntax

import "testing"

func TestAdd(t *testing.T) {
	if true
	{
	}
}
