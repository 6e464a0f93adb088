package counter

import (
	"bytes"
	"sync"
	"testing"
	"time"
)

func TestGo(t *testing.T) {
	c := New()
	done := make(chan bool)
	go func() {
		c.Hit("/")
		close(done)
	}()
	_ = c.Total()
	<-done
}

func TestWaitGroupGo(t *testing.T) {
	c := New()
	var wg sync.WaitGroup
	c.Start(&wg, 2)
	wg.Wait()
}

func TestNamed(t *testing.T) {
	c := New()
	var wg sync.WaitGroup
	c.StartNamed(&wg)
	wg.Wait()
}

func TestGeneric(t *testing.T) {
	b := &Box[string]{}
	done := make(chan bool)
	go func() {
		b.Set("x")
		close(done)
	}()
	_ = b.Get()
	<-done
}

func TestBuffer(t *testing.T) {
	var b bytes.Buffer
	done := make(chan bool)
	go func() {
		Log(&b, "a")
		close(done)
	}()
	Log(&b, "b")
	<-done
}

func TestSub(t *testing.T) {
	t.Run("one", func(t *testing.T) {
		t.Parallel()
		n := 0
		done := make(chan bool)
		go func() { n++; close(done) }()
		n++
		<-done
	})
	t.Run("two", func(t *testing.T) {
		t.Parallel()
		time.Sleep(time.Millisecond)
	})
}

var global int

//go:noinline
func churn(n int) int {
	if n <= 0 {
		return global
	}
	return churn(n-1) + 1
}

func TestLostStack(t *testing.T) {
	var x int
	done := make(chan bool)
	go func() {
		x++
		s := 0
		for i := range 4000 {
			s += churn(i % 50)
		}
		_ = s
		done <- true
		<-done
	}()
	<-done
	global++
	go func() { done <- true }()
	time.Sleep(time.Millisecond)
}

func TestLost2(t *testing.T) {
	x := new([4]int)
	ready := make(chan bool, 1)
	go func() {
		x[0] = 1
		for i := range 200000 {
			_ = churn(i % 50)
		}
		ready <- true
	}()
	time.Sleep(400 * time.Millisecond)
	x[0] = 2
	<-ready
}
