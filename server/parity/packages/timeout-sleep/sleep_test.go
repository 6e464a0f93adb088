package sleep

import (
	"testing"
	"time"
)

func TestSleep(t *testing.T) {
	t.Log("asleep")
	time.Sleep(time.Hour)
}
