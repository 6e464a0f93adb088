package order

import (
	"fmt"
	"testing"
)

var inTest = say("a_test")

func init() { fmt.Println("init of a_test.go") }

func TestOrder(t *testing.T) { fmt.Println("test") }
