package importer

import "testing"

func TestImportReportsBadRows(t *testing.T) {
	rows := []string{
		"bolt,10", "nut,25", "washer,40", "bolt,ten", "screw,5",
		"nut,5", "hinge", "bolt,2", "screw,1",
	}
	res := Import(rows, 4)
	if res.Stock["bolt"] != 12 || res.Stock["nut"] != 30 {
		t.Errorf("stock = %v", res.Stock)
	}
	if len(res.Rejected) != 2 {
		t.Errorf("rejected = %q, want two rows", res.Rejected)
	}
}
