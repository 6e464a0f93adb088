package contract

import (
	"fmt"
	"testing"
)

func TestClean(t *testing.T) { fmt.Println("hello from inside") }
