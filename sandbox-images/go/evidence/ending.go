package evidence

import (
	"math"
	"runtime"
	"syscall"
	"time"

	"gosandbox/evidence/first"
)

// ending knows when one of the limits that end the run from outside is near: then it is worth telling where everyone stands,
// because nobody outside sees a goroutine that runs, or who holds what.
type ending struct {
	began  time.Time
	limits first.Limits
	// wallSeen and cpuSeen: that limit has been near.
	wallSeen, cpuSeen bool
}

const (
	// mostAhead is how long before the limit it is near, or nearShare of a short one: some looks' time.
	mostAhead = 400 * time.Millisecond
	nearShare = 10
	// never is later than any run ends.
	never = time.Duration(math.MaxInt64)
)

func endingOf(began time.Time, limits first.Limits) ending {
	return ending{began: began, limits: limits}
}

func nearAhead(limit time.Duration) time.Duration { return min(mostAhead, limit/nearShare) }

// untilNear is the time until a limit can be near that has not been so; never where there is none.
func (e *ending) untilNear() time.Duration {
	return min(e.untilWallNear(), e.untilCPUNear())
}

// isNear is true once for each limit.
func (e *ending) isNear() bool {
	wall, cpu := e.untilWallNear() <= 0, e.untilCPUNear() <= 0
	e.wallSeen, e.cpuSeen = e.wallSeen || wall, e.cpuSeen || cpu
	return wall || cpu
}

func (e *ending) untilWallNear() time.Duration {
	if e.limits.Wall == 0 || e.wallSeen {
		return never
	}
	return e.limits.Wall - nearAhead(e.limits.Wall) - time.Since(e.began)
}

// untilCPUNear is as soon as it can be: with all processors busy.
func (e *ending) untilCPUNear() time.Duration {
	if e.limits.CPU == 0 || e.cpuSeen {
		return never
	}
	fastest := time.Duration(min(runtime.GOMAXPROCS(0), runtime.NumCPU()))
	limit := e.limits.CPU / fastest
	return limit - nearAhead(limit) - usedCPU()/fastest
}

// usedCPU is the time that this process took; the most there can be where the kernel does not say.
func usedCPU() time.Duration {
	var used syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &used) != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
