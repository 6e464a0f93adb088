package stock

import "testing"

func TestTakeRefills(t *testing.T) {
	s := New(map[string]int{"mug": 5, "plate": 4, "bowl": 9})
	for _, sku := range []string{"mug", "plate", "bowl"} {
		if !s.Take(sku, 4) {
			t.Errorf("%s: sold out", sku)
		}
	}
	final := s.Close()
	if final["mug"] != 11 || final["plate"] != 10 || final["bowl"] != 5 {
		t.Errorf("final counts %v", final)
	}
}
