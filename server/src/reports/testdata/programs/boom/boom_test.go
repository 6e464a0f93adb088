package boom

import (
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

func TestFine(t *testing.T) { t.Log("fine") }

func TestCloseTwice(t *testing.T) {
	p := New()
	p.Close()
	p.Close()
}

func TestSendClosed(t *testing.T) {
	p := New()
	p.Close()
	done := make(chan bool)
	go func() {
		p.Submit(1)
		close(done)
	}()
	<-done
}

func TestMapWrites(t *testing.T) {
	p := New()
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for j := range 100000 {
				p.Put(i * j)
			}
		})
	}
	wg.Wait()
}

func TestUnlock(t *testing.T) { New().Unlock() }

func TestDeep(t *testing.T) {
	debug.SetMaxStack(1 << 20)
	Deep(0)
}

func TestNil(t *testing.T) { Nil() }

func TestAsleep(t *testing.T) {
	New().Submit(1)
}

func TestTimeout(t *testing.T) {
	New().Submit(1)
}

func TestSynctestBlocked(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New()
		go p.Submit(2)
		synctest.Wait()
		<-make(chan int)
	})
}

func TestSynctestLeft(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		p := New()
		go p.Submit(2)
		synctest.Wait()
	})
}

func TestMany(t *testing.T) {
	block := make(chan bool)
	for range 9000 {
		go func() { <-block }()
	}
	time.Sleep(time.Second)
	close(block)
}

func TestError(t *testing.T) {
	panic(fmt.Errorf("wrapped: %w", errors.New("inner\nsecond line")))
}

func TestNested(t *testing.T) {
	defer func() {
		recover()
		panic("second")
	}()
	panic("first")
}

func TestDeferPanic(t *testing.T) {
	defer func() { panic("in defer") }()
	panic("original")
}

func TestSubPanic(t *testing.T) {
	t.Run("case", func(t *testing.T) {
		var m map[string]int
		m["x"] = 1
	})
}

func TestExit(t *testing.T) { os.Exit(3) }

func TestExit0(t *testing.T) { os.Exit(0) }

func TestFailNow(t *testing.T) { t.Fatal("50 buyers raced for 10 seats and 11 bookings were confirmed") }

type custom struct{ a, b int }

func TestCustom(t *testing.T) { panic(custom{1, 2}) }
