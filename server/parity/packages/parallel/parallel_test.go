package parallel

import (
	"sync"
	"testing"
)

var together sync.WaitGroup

func init() { together.Add(3) }

// meet returns only when all three tests run at once.
func meet(t *testing.T) {
	t.Parallel()
	together.Done()
	together.Wait()
	t.Log("met the others")
}

func TestOne(t *testing.T)   { meet(t) }
func TestTwo(t *testing.T)   { meet(t) }
func TestThree(t *testing.T) { meet(t); t.Fail() }

func TestSerial(t *testing.T) { t.Log("runs before the parallel ones go on") }
