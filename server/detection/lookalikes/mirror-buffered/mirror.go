// Package mirror downloads from the fastest mirror.
package mirror

import "errors"

// ErrNone is returned if there is no mirror to ask.
var ErrNone = errors.New("mirror: none given")

// Download fetches a file from one mirror.
type Download func(file string) ([]byte, error)

// Fastest asks all mirrors and returns the first file that arrives.
func Fastest(mirrors []Download, file string) ([]byte, error) {
	type answer struct {
		data []byte
		err  error
	}
	answers := make(chan answer, len(mirrors))
	for _, download := range mirrors {
		go func() {
			data, err := download(file)
			answers <- answer{data, err}
		}()
	}
	failure := ErrNone
	for range mirrors {
		a := <-answers
		if a.err == nil {
			return a.data, nil
		}
		failure = a.err
	}
	return nil, failure
}
