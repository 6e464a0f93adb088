package main

import (
	"errors"
	"fmt"
	"math"
	"os"
	"os/signal"
	"runtime"
	"sync"
	"syscall"

	"golang.org/x/sys/unix"
)

// Where all writable space is. The driver mounts it with a size; the number of files we may have to add.
const workSpace = "/tmp"

// Set once capabilities are dropped and the supervisor has started itself again.
const dropped = "SUPERVISOR_DROPPED=1"

// harden makes the supervisor unassailable for the processes that it will start under the same user: signals from them
// do nothing, its memory and descriptors are closed to them, and system calls that no test needs are refused.
func harden() error {
	if os.Getpid() != 1 {
		// Cleaning up means killing every process in sight.
		return errors.New("I only run as the first process of a sandbox")
	}
	if os.Getuid() == 0 {
		return errors.New("I do not run as root: start me as an ordinary user")
	}
	// Whatever whoever started us had open: it must not reach the programs that we start.
	if err := unix.CloseRange(3, math.MaxUint32, unix.CLOSE_RANGE_CLOEXEC); err != nil {
		return fmt.Errorf("close inherited descriptors: %w", err)
	}
	if os.Getenv("SUPERVISOR_DROPPED") == "" && hasCapabilities() {
		return dropCapabilities()
	}
	os.Clearenv()
	ignoreSignals()
	if err := unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0); err != nil {
		return fmt.Errorf("make non-dumpable: %w", err)
	}
	for _, limit := range []struct {
		what  int
		value uint64
	}{{unix.RLIMIT_CORE, 0}, {unix.RLIMIT_NOFILE, 4096}, {unix.RLIMIT_MEMLOCK, 1 << 20}, {unix.RLIMIT_MSGQUEUE, 0}} {
		if err := lowerLimit(limit.what, limit.value); err != nil {
			return fmt.Errorf("limit %d: %w", limit.what, err)
		}
	}
	if err := installSeccomp(); err != nil {
		return err
	}
	prepareThreads()
	return nil
}

// spareThreads is how many system calls of ours can block at once.
const spareThreads = 16

// prepareThreads makes the threads that we shall need while we can: a program under test may later take every process
// and thread that the sandbox may have, and the runtime ends us when it cannot make one. The runtime keeps idle threads.
func prepareThreads() {
	var ready, done sync.WaitGroup
	release := make(chan struct{})
	for range spareThreads {
		ready.Add(1)
		done.Go(func() {
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			ready.Done()
			<-release
		})
	}
	ready.Wait()
	close(release)
	done.Wait()
}

func lowerLimit(what int, value uint64) error {
	var now unix.Rlimit
	if err := unix.Getrlimit(what, &now); err != nil {
		return err
	}
	value = min(value, now.Max)
	return unix.Setrlimit(what, &unix.Rlimit{Cur: value, Max: value})
}

// ignoreSignals takes every signal that can be taken. As first process we cannot be killed from inside, but a signal
// with the runtime's default action could still end us.
func ignoreSignals() {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals)
	go func() {
		for range signals {
		}
	}()
}

func hasCapabilities() bool {
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var data [2]unix.CapUserData
	if err := unix.Capget(&header, &data[0]); err != nil {
		return true
	}
	return data[0].Permitted|data[1].Permitted != 0
}

// dropCapabilities is for a driver that cannot limit the number of files when it mounts the work space (bubblewrap):
// it gives us CAP_SYS_ADMIN in a user namespace, we set that limit, give everything up and start ourselves again.
func dropCapabilities() error {
	runtime.LockOSThread()
	options := fmt.Sprintf("nr_inodes=%d", workFiles)
	if err := unix.Mount("", workSpace, "", unix.MS_REMOUNT|unix.MS_NOSUID|unix.MS_NODEV, options); err != nil {
		return fmt.Errorf("limit the number of files in %s: %w", workSpace, err)
	}
	for capability := range unix.CAP_LAST_CAP + 1 {
		err := unix.Prctl(unix.PR_CAPBSET_DROP, uintptr(capability), 0, 0, 0)
		if err != nil && !errors.Is(err, unix.EPERM) {
			return fmt.Errorf("drop capability %d: %w", capability, err)
		}
	}
	if err := unix.Prctl(unix.PR_CAP_AMBIENT, unix.PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0); err != nil {
		return fmt.Errorf("clear ambient capabilities: %w", err)
	}
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return fmt.Errorf("no new privileges: %w", err)
	}
	header := unix.CapUserHeader{Version: unix.LINUX_CAPABILITY_VERSION_3}
	var none [2]unix.CapUserData
	if err := unix.Capset(&header, &none[0]); err != nil {
		return fmt.Errorf("drop capabilities: %w", err)
	}
	return syscall.Exec("/supervisor", []string{"supervisor"}, []string{dropped})
}

// workFiles is the number of files and folders that a sandbox may hold; server/src/sandbox/limits.json says the same.
const workFiles = 4096
