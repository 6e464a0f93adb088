package fanin

import "testing"

func sensor(name string, values ...float64) <-chan Reading {
	c := make(chan Reading)
	go func() {
		defer close(c)
		for _, v := range values {
			c <- Reading{name, v}
		}
	}()
	return c
}

func TestMergeKeepsEveryReading(t *testing.T) {
	sums := make(map[string]float64)
	for r := range Merge(sensor("boiler", 61, 63, 62), sensor("inlet", 12, 13)) {
		sums[r.Sensor] += r.Value
	}
	if sums["boiler"] != 186 || sums["inlet"] != 25 {
		t.Errorf("sums %v, want boiler 186 and inlet 25", sums)
	}
}
