// Command timeline turns an execution trace of Go's runtime (standard input) into columns of JSON (standard output): who ran
// where and when, what each goroutine waited for, and who woke it. It runs inside the sandbox, because a program under test
// can write whatever it likes into its trace.
//
// The shape of what it writes is RawTimeline in server/protocol/src/timeline.ts. Whatever comes in, one JSON object goes out:
// {"problem": …} where nothing can be read.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"

	"golang.org/x/exp/trace"
)

func main() {
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	if err := json.NewEncoder(out).Encode(timelineOf(os.Stdin)); err != nil {
		os.Exit(1)
	}
}

type problem struct {
	// One of the words that server/protocol/src/timeline.ts knows: nothing that the trace's author wrote.
	Problem string `json:"problem"`
}

// timelineOf reads a trace as far as it can be read.
func timelineOf(from io.Reader) any {
	f := newFold()
	cut, readAny := readInto(f, from)
	if !readAny {
		return problem{cut}
	}
	return f.columns(cut)
}

// readInto folds events until the trace ends, breaks, or has more than is kept. It tells what cut it short, in one word that
// is empty where nothing did, and whether there is anything to show.
func readInto(f *fold, from io.Reader) (cut string, readAny bool) {
	// The reader checks what it reads, and says in places that what it found cannot be. Both are the same to us.
	defer func() {
		if recover() != nil {
			cut, readAny = "broken", len(f.spans) > 0
		}
	}()
	reader, err := trace.NewReader(from)
	if errors.Is(err, io.EOF) {
		return "empty", false
	}
	if err != nil {
		return "not-a-trace", false
	}
	for {
		event, err := reader.ReadEvent()
		switch {
		case err == io.EOF && len(f.spans)+len(f.goroutines) == 0:
			return "empty", false
		case err == io.EOF:
			return "", true
		case err != nil:
			return "broken", len(f.spans) > 0
		}
		if cut := f.add(event); cut != "" {
			return cut, true
		}
	}
}
