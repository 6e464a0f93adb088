package order_test

import (
	"fmt"
	"testing"

	_ "example.com/init-order"
)

func init() { fmt.Println("init of the external test package") }

func TestExternal(t *testing.T) { fmt.Println("external test") }
