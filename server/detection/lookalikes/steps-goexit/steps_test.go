package steps

import "testing"

func TestGivenUpStepsAreCounted(t *testing.T) {
	fine := func(func()) {}
	hopeless := func(giveUp func()) {
		giveUp()
		t.Error("went on after giving up")
	}
	got := Run(fine, hopeless, fine, hopeless, fine)
	if want := (Result{Finished: 3, GivenUp: 2}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
