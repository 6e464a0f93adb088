package wrapper

import "fmt"

func failf(format string, args ...any) error { return fmt.Errorf(format, args...) }

func Open(name string) error { return failf("open %d", name) }
