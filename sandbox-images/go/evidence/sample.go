package evidence

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"os"
	"runtime"
	"runtime/pprof"
	"sync"
	"time"

	"gosandbox/evidence/first"
)

// sampler keeps the goroutine profile of the moment with the most goroutines, where the supervisor asks for it: at the end
// of the tests, when package testing writes its profiles, none of them is left. Timers drive it, as they drive the watchdog.
var sampler goroutineSampler

type goroutineSampler struct {
	// The lock is held while looking, so that end waits for a look's end.
	sync.Mutex
	timer   *time.Timer
	most    int
	taken   []byte
	samples int
}

const (
	// goroutineFile is where the supervisor looks for it (supervisor/artifacts.go).
	goroutineFile = "/tmp/insight/goroutine"
	sampleEvery   = 2 * time.Millisecond
	// maxSampled is as many goroutines as are looked at: the world stands meanwhile.
	maxSampled = 20000
	// maxSamples bounds what looking costs: each takes a fraction of a millisecond.
	maxSamples = 200
)

func (s *goroutineSampler) begin() {
	if !first.SamplesGoroutines() {
		return
	}
	s.Lock()
	defer s.Unlock()
	s.timer = time.AfterFunc(sampleEvery, s.look)
}

func (s *goroutineSampler) look() {
	s.Lock()
	defer s.Unlock()
	if s.timer == nil {
		return
	}
	if n := runtime.NumGoroutine(); n > s.most && n <= maxSampled && s.samples < maxSamples {
		s.samples++
		s.take()
	}
	s.timer.Reset(sampleEvery)
}

// take keeps the profile of this moment if it has more goroutines than the one before: how many there are has changed since
// they were counted.
func (s *goroutineSampler) take() {
	var profile bytes.Buffer
	if pprof.Lookup("goroutine").WriteTo(&profile, 0) != nil {
		return
	}
	if n := goroutinesIn(profile.Bytes()); n > s.most {
		s.most, s.taken = n, profile.Bytes()
	}
}

// end writes what was kept. A profile that cannot be written is one that the supervisor does not find.
func (s *goroutineSampler) end() {
	s.Lock()
	defer s.Unlock()
	if s.timer == nil {
		return
	}
	s.timer.Stop()
	s.timer = nil
	if s.taken != nil {
		_ = os.WriteFile(goroutineFile, s.taken, 0o600)
	}
}

// goroutinesIn sums the values of a goroutine profile: field 2 of each sample, and samples are field 2 of the whole
// (https://github.com/google/pprof/blob/main/proto/profile.proto). The profile is our own.
func goroutinesIn(profile []byte) int {
	unzipped, err := gzip.NewReader(bytes.NewReader(profile))
	if err != nil {
		return 0
	}
	whole, err := io.ReadAll(unzipped)
	if err != nil {
		return 0
	}
	total := 0
	eachValue(whole, func(sample []byte, _ uint64) {
		// runtime/pprof packs numbers only where there are more than two.
		eachValue(sample, func(_ []byte, count uint64) { total += int(count) })
	})
	return total
}

// eachValue calls back with every field 2: with its bytes, or with its number.
func eachValue(message []byte, found func([]byte, uint64)) {
	const wanted, varint, delimited = 2, 0, 2
	for len(message) > 0 {
		key, n := binary.Uvarint(message)
		value, m := binary.Uvarint(message[max(n, 0):])
		if n <= 0 || m <= 0 {
			return
		}
		message = message[n+m:]
		var payload []byte
		switch {
		case key&7 == delimited && value <= uint64(len(message)):
			payload, message = message[:value], message[value:]
		case key&7 != varint:
			return
		}
		if key>>3 == wanted {
			found(payload, value)
		}
	}
}
