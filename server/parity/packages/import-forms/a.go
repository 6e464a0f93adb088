package a

import (
	. "fmt"
	m "math"
	_ "strings"
)

func F() { Println(m.Pi) }
