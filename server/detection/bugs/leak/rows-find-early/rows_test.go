package rows

import (
	"strings"
	"testing"
)

const people = "7\tAda\n8\tGrace\nbroken\n9\tBarbara\n10\tFrances\n"

func TestFind(t *testing.T) {
	tests := map[string]string{"8": "Grace", "10": "Frances", "11": ""}
	for id, want := range tests {
		row, ok := Find(strings.NewReader(people), id)
		if ok != (want != "") || row.Name != want {
			t.Errorf("Find(%s) = %+v, %v; want name %q", id, row, ok, want)
		}
	}
}
