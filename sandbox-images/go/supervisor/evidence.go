package main

import (
	"bufio"
	"crypto/subtle"
	"encoding/binary"
	"io"
	"math"
	"os"
	"slices"
)

// The records of package evidence (../evidence/evidence.go), which every test binary contains.
const (
	secretBytes = 16
	// samplesGoroutines is the option that asks for a goroutine profile.
	samplesGoroutines = 1
	maxRecordBytes    = 1<<20 + 4096
	// maxRecords bounds what a program can make us report.
	maxRecords = 20000
	// maxDumps is more than an honest program sends; each may have maxRecordBytes.
	maxDumps = 8
	// maxWaitsBytes is more than what is told beside one dump, and its JSON still fits into a frame.
	maxWaitsBytes = 512 << 10
	// maxNameBytes is more than the name of a test function has.
	maxNameBytes = 4096
)

// opening is what the program finds on its channel: the secret of its records and how to run (../evidence/first).
func opening(secret [secretBytes]byte, j *job) []byte {
	var options byte
	if slices.Contains(j.Collect, "goroutine") {
		options |= samplesGoroutines
	}
	how := append(binary.BigEndian.AppendUint32(secret[:], j.Seed), options)
	how = binary.BigEndian.AppendUint16(how, j.RepeatMs)
	for _, limit := range []int64{j.Limits.RunWallMs, j.Limits.RunCPUMs} {
		how = binary.BigEndian.AppendUint32(how, uint32(min(limit, math.MaxUint32)))
	}
	return how
}

// readEvidence reports the records until the program ends. A record without the secret was written by somebody else:
// from there on nothing on this channel is believed.
func (e *execution) readEvidence(from *os.File, secret [secretBytes]byte) {
	reader := bufio.NewReader(from)
	for range maxRecords {
		kind, payload, err := readRecord(reader, secret)
		if err == nil && !e.plausible(kind, payload) {
			err = errForged
		}
		if err == errForged {
			e.out.event(evidenceEvent{Type: "evidence", Event: "forged"})
			break
		}
		if err != nil {
			return
		}
		e.believe(kind, payload)
	}
	_, _ = io.Copy(io.Discard, reader)
}

type forgery struct{}

func (forgery) Error() string { return "a record without the run's secret" }

var errForged error = forgery{}

func readRecord(from io.Reader, secret [secretBytes]byte) (byte, []byte, error) {
	var head [secretBytes + 5]byte
	if n, err := io.ReadFull(from, head[:]); err != nil {
		if n > 0 && err == io.ErrUnexpectedEOF {
			return 0, nil, errForged
		}
		return 0, nil, err
	}
	length := binary.BigEndian.Uint32(head[secretBytes+1:])
	if subtle.ConstantTimeCompare(head[:secretBytes], secret[:]) != 1 || length > maxRecordBytes {
		return 0, nil, errForged
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(from, payload); err != nil {
		return 0, nil, err
	}
	return head[secretBytes], payload, nil
}

// plausible tells records of our own reporter from those of code that found out the secret and sends what it likes.
func (e *execution) plausible(kind byte, payload []byte) bool {
	switch kind {
	case 's', 'e':
		return len(payload) <= maxNameBytes
	case 'f':
		return len(payload) == 12
	case 'h', 'k', 'l', 't':
		e.dumps++
		return e.dumps <= maxDumps
	case 'w':
		e.waits++
		return e.waits <= maxDumps && len(payload) <= maxWaitsBytes
	}
	return false
}

func (e *execution) believe(kind byte, payload []byte) {
	switch kind {
	case 's':
		e.lastLook.Store(nil)
		e.out.event(evidenceEvent{Type: "evidence", Event: "start", Test: string(payload)})
	case 'e':
		e.lastLook.Store(nil)
		if len(payload) > 0 {
			status := map[byte]string{'p': "passed", 'f': "failed", 's': "skipped"}[payload[0]]
			e.out.event(evidenceEvent{Type: "evidence", Event: "end", Test: string(payload[1:]), Status: status})
		}
	case 'f':
		if len(payload) == 12 {
			number := func(i int) *int { n := int(binary.BigEndian.Uint32(payload[4*i:])); return &n }
			e.out.event(evidenceEvent{Type: "evidence", Event: "finished", Races: number(0), Goroutines: number(1), Leaked: number(2)})
		}
	case 'h':
		e.out.dump("hang", payload)
		e.watch.end("hang")
	case 'k':
		e.out.dump("stuck", payload)
		e.watch.end("hang")
	case 'l':
		e.out.dump("leak", payload)
	case 't':
		// Of use only if nothing happens until the limit is passed.
		e.lastLook.Store(&payload)
	case 'w':
		e.tellWaits(payload)
	}
}

func (e *execution) tellWaits(lines []byte) {
	e.out.event(textEvent{Type: "waits", Text: string(lines)})
}

// tellLastLook tells what the program saw of itself shortly before the limit that it has now passed: the length of what stacks do
// not show (4 bytes), that, and the dump. False where there is no such look: it came to no end, or a test began or ended since.
func (e *execution) tellLastLook() bool {
	look := e.lastLook.Load()
	if look == nil || len(*look) < 4 {
		return false
	}
	length, rest := binary.BigEndian.Uint32(*look), (*look)[4:]
	if int64(length) > int64(min(len(rest), maxWaitsBytes)) {
		return false
	}
	e.tellWaits(rest[:length])
	e.out.dump("timeout", rest[length:])
	return true
}
