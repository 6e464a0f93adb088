package mirror

import (
	"errors"
	"testing"
	"time"
)

func after(d time.Duration, err error) Download {
	return func(file string) ([]byte, error) {
		time.Sleep(d)
		if err != nil {
			return nil, err
		}
		return []byte("content of " + file), nil
	}
}

func TestFastest(t *testing.T) {
	errGone := errors.New("gone")
	mirrors := []Download{after(0, errGone), after(time.Millisecond, nil), after(0, nil), after(5*time.Millisecond, nil)}
	data, err := Fastest(mirrors, "go.tar.gz")
	if err != nil || string(data) != "content of go.tar.gz" {
		t.Errorf("got %q, %v", data, err)
	}
	if _, err = Fastest(mirrors[:1], "go.tar.gz"); !errors.Is(err, errGone) {
		t.Errorf("only a broken mirror: %v, want %v", err, errGone)
	}
}
