// Package first takes the run's secret off its descriptor before any other code of the program can. The supervisor adds
// an import of it to the candidate's package: a package is initialised after everything that it imports, so even the
// candidate's earliest init finds the descriptor empty. It counts the goroutines for the same reason: what the candidate's
// init starts comes later. It must need nothing but runtime and syscall, or it would not be the first.
package first

import (
	"runtime"
	"syscall"
	"time"
)

// Descriptor of the socket to the supervisor: it first gives the secret and how to run, then takes records.
const Descriptor = 3

// SecretBytes is the length of the secret that opens every record.
const SecretBytes = 16

// After the secret follow the seed, a byte of options, for how many milliseconds the tests are repeated, and the limits of
// the run in milliseconds: on the clock and of CPU time, 0 where there is none.
const (
	seedBytes  = 4
	optionByte = 1
	timeBytes  = 2
	limitBytes = 4
	// samplesGoroutines asks for a profile of the moment with the most goroutines.
	samplesGoroutines = 1
)

var (
	secret    [SecretBytes]byte
	seed      uint32
	option    byte
	repeatFor time.Duration
	taken     bool
	alive     int
	began     time.Time
	limits    Limits
)

// Limits are what ends the run from outside.
type Limits struct{ Wall, CPU time.Duration }

func init() {
	began = time.Now()
	syscall.CloseOnExec(Descriptor)
	// Without waiting: a program that started itself again finds the socket empty.
	var head [SecretBytes + seedBytes + optionByte + timeBytes + 2*limitBytes]byte
	n, _, err := syscall.Recvfrom(Descriptor, head[:], syscall.MSG_DONTWAIT)
	taken = err == nil && n == len(head)
	copy(secret[:], head[:])
	option = head[SecretBytes+seedBytes]
	seed = number(head[SecretBytes:][:seedBytes])
	times := head[SecretBytes+seedBytes+optionByte:]
	repeatFor = milliseconds(times[:timeBytes])
	limits = Limits{Wall: milliseconds(times[timeBytes:][:limitBytes]), CPU: milliseconds(times[timeBytes+limitBytes:])}
	alive = runtime.NumGoroutine()
}

// number reads big-endian bytes.
func number(bytes []byte) (n uint32) {
	for _, b := range bytes {
		n = n<<8 | uint32(b)
	}
	return n
}

func milliseconds(bytes []byte) time.Duration {
	return time.Duration(number(bytes)) * time.Millisecond
}

// Began is when the program's own code began to run, a few milliseconds after its process did.
func Began() time.Time { return began }

// RunLimits are the limits that the supervisor told.
func RunLimits() Limits { return limits }

// Goroutines is how many there were before any code of the tested packages ran.
func Goroutines() int { return alive }

// Seed says how the tests' goroutines are to give way to each other; 0 leaves them alone.
func Seed() uint32 { return seed }

// SamplesGoroutines tells whether a goroutine profile is asked for.
func SamplesGoroutines() bool { return option&samplesGoroutines != 0 }

// RepeatFor is for how long the tests are to be repeated; 0 is once.
func RepeatFor() time.Duration { return repeatFor }

// Take hands the secret over, once; false where there was none to take.
func Take() ([SecretBytes]byte, bool) {
	handed, ok := secret, taken
	secret, taken = [SecretBytes]byte{}, false
	return handed, ok
}
