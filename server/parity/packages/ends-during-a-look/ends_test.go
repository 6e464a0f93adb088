// Package ends has many short tests and a heap that takes long to mark: whenever the judge looks at the goroutines, a test
// ends meanwhile. Such a test never waits for the judge, or it would look like one that waits for ever.
package ends

import (
	"testing"
	"time"
)

type node struct{ next *node }

var heap *node

func init() {
	for range 2_000_000 {
		heap = &node{heap}
	}
}

func work(*testing.T) {
	for end := time.Now().Add(8 * time.Millisecond); time.Now().Before(end); {
	}
}

func TestRedAnt(t *testing.T) { work(t) }
func TestRedBee(t *testing.T) { work(t) }
func TestRedCat(t *testing.T) { work(t) }
func TestRedDog(t *testing.T) { work(t) }
func TestRedElk(t *testing.T) { work(t) }
func TestRedFox(t *testing.T) { work(t) }
func TestRedGnu(t *testing.T) { work(t) }
func TestRedHen(t *testing.T) { work(t) }
func TestRedIbis(t *testing.T) { work(t) }
func TestRedJay(t *testing.T) { work(t) }
func TestBlueAnt(t *testing.T) { work(t) }
func TestBlueBee(t *testing.T) { work(t) }
func TestBlueCat(t *testing.T) { work(t) }
func TestBlueDog(t *testing.T) { work(t) }
func TestBlueElk(t *testing.T) { work(t) }
func TestBlueFox(t *testing.T) { work(t) }
func TestBlueGnu(t *testing.T) { work(t) }
func TestBlueHen(t *testing.T) { work(t) }
func TestBlueIbis(t *testing.T) { work(t) }
func TestBlueJay(t *testing.T) { work(t) }
func TestGreenAnt(t *testing.T) { work(t) }
func TestGreenBee(t *testing.T) { work(t) }
func TestGreenCat(t *testing.T) { work(t) }
func TestGreenDog(t *testing.T) { work(t) }
func TestGreenElk(t *testing.T) { work(t) }
func TestGreenFox(t *testing.T) { work(t) }
func TestGreenGnu(t *testing.T) { work(t) }
func TestGreenHen(t *testing.T) { work(t) }
func TestGreenIbis(t *testing.T) { work(t) }
func TestGreenJay(t *testing.T) { work(t) }
func TestGreyAnt(t *testing.T) { work(t) }
func TestGreyBee(t *testing.T) { work(t) }
func TestGreyCat(t *testing.T) { work(t) }
func TestGreyDog(t *testing.T) { work(t) }
func TestGreyElk(t *testing.T) { work(t) }
func TestGreyFox(t *testing.T) { work(t) }
func TestGreyGnu(t *testing.T) { work(t) }
func TestGreyHen(t *testing.T) { work(t) }
func TestGreyIbis(t *testing.T) { work(t) }
func TestGreyJay(t *testing.T) { work(t) }
func TestPinkAnt(t *testing.T) { work(t) }
func TestPinkBee(t *testing.T) { work(t) }
func TestPinkCat(t *testing.T) { work(t) }
func TestPinkDog(t *testing.T) { work(t) }
func TestPinkElk(t *testing.T) { work(t) }
func TestPinkFox(t *testing.T) { work(t) }
func TestPinkGnu(t *testing.T) { work(t) }
func TestPinkHen(t *testing.T) { work(t) }
func TestPinkIbis(t *testing.T) { work(t) }
func TestPinkJay(t *testing.T) { work(t) }
func TestTealAnt(t *testing.T) { work(t) }
func TestTealBee(t *testing.T) { work(t) }
func TestTealCat(t *testing.T) { work(t) }
func TestTealDog(t *testing.T) { work(t) }
func TestTealElk(t *testing.T) { work(t) }
func TestTealFox(t *testing.T) { work(t) }
func TestTealGnu(t *testing.T) { work(t) }
func TestTealHen(t *testing.T) { work(t) }
func TestTealIbis(t *testing.T) { work(t) }
func TestTealJay(t *testing.T) { work(t) }
func TestGoldAnt(t *testing.T) { work(t) }
func TestGoldBee(t *testing.T) { work(t) }
func TestGoldCat(t *testing.T) { work(t) }
func TestGoldDog(t *testing.T) { work(t) }
func TestGoldElk(t *testing.T) { work(t) }
func TestGoldFox(t *testing.T) { work(t) }
func TestGoldGnu(t *testing.T) { work(t) }
func TestGoldHen(t *testing.T) { work(t) }
func TestGoldIbis(t *testing.T) { work(t) }
func TestGoldJay(t *testing.T) { work(t) }
func TestLimeAnt(t *testing.T) { work(t) }
func TestLimeBee(t *testing.T) { work(t) }
func TestLimeCat(t *testing.T) { work(t) }
func TestLimeDog(t *testing.T) { work(t) }
func TestLimeElk(t *testing.T) { work(t) }
func TestLimeFox(t *testing.T) { work(t) }
func TestLimeGnu(t *testing.T) { work(t) }
func TestLimeHen(t *testing.T) { work(t) }
func TestLimeIbis(t *testing.T) { work(t) }
func TestLimeJay(t *testing.T) { work(t) }
func TestPlumAnt(t *testing.T) { work(t) }
func TestPlumBee(t *testing.T) { work(t) }
func TestPlumCat(t *testing.T) { work(t) }
func TestPlumDog(t *testing.T) { work(t) }
func TestPlumElk(t *testing.T) { work(t) }
func TestPlumFox(t *testing.T) { work(t) }
func TestPlumGnu(t *testing.T) { work(t) }
func TestPlumHen(t *testing.T) { work(t) }
func TestPlumIbis(t *testing.T) { work(t) }
func TestPlumJay(t *testing.T) { work(t) }
func TestRustAnt(t *testing.T) { work(t) }
func TestRustBee(t *testing.T) { work(t) }
func TestRustCat(t *testing.T) { work(t) }
func TestRustDog(t *testing.T) { work(t) }
func TestRustElk(t *testing.T) { work(t) }
func TestRustFox(t *testing.T) { work(t) }
func TestRustGnu(t *testing.T) { work(t) }
func TestRustHen(t *testing.T) { work(t) }
func TestRustIbis(t *testing.T) { work(t) }
func TestRustJay(t *testing.T) { work(t) }
