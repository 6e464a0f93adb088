package csvload

import "testing"

func TestLoad(t *testing.T) {
	totals, err := Load([]string{"rent;-90000", "# comment", "salary;250000", "rent;500"})
	if err != nil || totals["rent"] != -89500 {
		t.Fatalf("Load = %v, %v", totals, err)
	}
}

func TestLoadMalformedAmount(t *testing.T) {
	if _, err := Load([]string{"rent;-90000", "salary;2.500,00"}); err == nil {
		t.Fatal("malformed amount accepted")
	}
}
