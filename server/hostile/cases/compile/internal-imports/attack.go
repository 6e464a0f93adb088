package attack

import (
	"internal/race"
	"runtime/internal/sys"
	"testing/internal/testdeps"
	"vendor/golang.org/x/net/http/httpguts"
)

func Run() {
	race.Disable()
	println(sys.GOARCH, testdeps.TestDeps{}, httpguts.ValidHeaderFieldName("a"))
}
