package vetted

import (
	"fmt"
	"sync"
)

type C struct{ mu sync.Mutex; n int }

func (c C) Get() int { c.mu.Lock(); defer c.mu.Unlock(); return c.n }

func Show(c *C) { fmt.Printf("%d %s\n", "x", c.n) }
