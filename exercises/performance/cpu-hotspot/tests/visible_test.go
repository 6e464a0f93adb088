package recent_test

import (
	"fmt"
	"slices"
	"testing"

	"sandbox/recent"
)

func TestSeenOnceAndAgain(t *testing.T) {
	w := recent.New(3)
	if w.Seen("a") {
		t.Error("a new window says that it has seen a already")
	}
	if !w.Seen("a") {
		t.Error("a was seen, and the window does not know it")
	}
	if w.Seen("") {
		t.Error("the empty id was never seen, and the window says it was")
	}
	if n := w.Len(); n != 2 {
		t.Errorf("two different ids were seen: Len() = %d", n)
	}
}

func TestOldestIsForgotten(t *testing.T) {
	w := recent.New(3)
	for _, id := range []string{"a", "b", "c", "d"} {
		w.Seen(id)
	}
	if n := w.Len(); n != 3 {
		t.Errorf("four ids came into a window of three: Len() = %d", n)
	}
	if w.Seen("a") {
		t.Error("a, b, c and d came into a window of three: it must have forgotten a, and says that it knows it")
	}
	if got, want := w.Recent(9), []string{"a", "d", "c"}; !slices.Equal(got, want) {
		t.Errorf("a, b, c, d and a came into a window of three: Recent(9) = %q, want %q", got, want)
	}
}

func TestSeenAgainIsTheLatest(t *testing.T) {
	w := recent.New(3)
	for _, id := range []string{"a", "b", "c", "a", "d"} {
		w.Seen(id)
	}
	if got, want := w.Recent(3), []string{"d", "a", "c"}; !slices.Equal(got, want) {
		t.Errorf("a, b, c, a and d came into a window of three: Recent(3) = %q, want %q. Who is seen again is the latest", got, want)
	}
	if !w.Seen("a") {
		t.Error("a, b, c, a and d came into a window of three: it must have forgotten b, and does not know a")
	}
}

func TestRecent(t *testing.T) {
	w := recent.New(10)
	if got := w.Recent(5); len(got) != 0 {
		t.Errorf("nothing was seen: Recent(5) = %q", got)
	}
	for i := range 7 {
		w.Seen(fmt.Sprint(i))
	}
	for n, want := range map[int][]string{
		-1: {}, 0: {}, 1: {"6"}, 3: {"6", "5", "4"}, 7: {"6", "5", "4", "3", "2", "1", "0"}, 100: {"6", "5", "4", "3", "2", "1", "0"},
	} {
		if got := w.Recent(n); !slices.Equal(got, want) {
			t.Errorf("0 to 6 were seen: Recent(%d) = %q, want %q", n, got, want)
		}
	}
	got := w.Recent(3)
	got[0] = "scribbled"
	if again := w.Recent(1); !slices.Equal(again, []string{"6"}) {
		t.Errorf("the caller wrote into the slice that Recent returned, and the window now says %q", again)
	}
}

func TestSmallestWindow(t *testing.T) {
	for _, size := range []int{1, 0, -5} {
		w := recent.New(size)
		w.Seen("a")
		if !w.Seen("a") || w.Seen("b") || w.Seen("a") || w.Len() != 1 {
			t.Errorf("New(%d) must remember one id; a, a, b and a were seen and Len() = %d", size, w.Len())
		}
	}
}
