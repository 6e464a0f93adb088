//go:build race

package evidence

import "runtime"

func raceErrors() int { return runtime.RaceErrors() }
