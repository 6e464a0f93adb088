// Package first takes the run's secret off its descriptor before any other code of the program can. The supervisor adds
// an import of it to the candidate's package: a package is initialised after everything that it imports, so even the
// candidate's earliest init finds the descriptor empty. It counts the goroutines for the same reason: what the candidate's
// init starts comes later. It must need nothing but runtime and syscall, or it would not be the first.
package first

import (
	"runtime"
	"syscall"
)

// Descriptor of the socket to the supervisor: it first gives the secret and a seed, then takes records.
const Descriptor = 3

// SecretBytes is the length of the secret that opens every record.
const SecretBytes = 16

// seedBytes is the length of the seed that follows the secret.
const seedBytes = 4

var (
	secret [SecretBytes]byte
	seed   uint32
	taken  bool
	alive  int
)

func init() {
	syscall.CloseOnExec(Descriptor)
	// Without waiting: a program that started itself again finds the socket empty.
	var head [SecretBytes + seedBytes]byte
	n, _, err := syscall.Recvfrom(Descriptor, head[:], syscall.MSG_DONTWAIT)
	taken = err == nil && n == len(head)
	copy(secret[:], head[:])
	for _, b := range head[SecretBytes:] {
		seed = seed<<8 | uint32(b)
	}
	alive = runtime.NumGoroutine()
}

// Goroutines is how many there were before any code of the tested packages ran.
func Goroutines() int { return alive }

// Seed says how the tests' goroutines are to give way to each other; 0 leaves them alone.
func Seed() uint32 { return seed }

// Take hands the secret over, once; false where there was none to take.
func Take() ([SecretBytes]byte, bool) {
	handed, ok := secret, taken
	secret, taken = [SecretBytes]byte{}, false
	return handed, ok
}
