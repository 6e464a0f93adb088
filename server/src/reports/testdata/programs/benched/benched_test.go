package benched

import (
	"fmt"
	"testing"
)

var kept []byte

func BenchmarkAllocates(b *testing.B) {
	for b.Loop() {
		kept = make([]byte, 4096)
	}
}

func BenchmarkFails(b *testing.B) {
	b.Fatal("not today")
}

func BenchmarkFamily(b *testing.B) {
	for _, name := range []string{"of/three", "of-2"} {
		b.Run(name, BenchmarkTiny)
	}
}

func BenchmarkLogs(b *testing.B) {
	b.Log("nothing to measure")
	b.Skip()
}

func BenchmarkPrints(b *testing.B) {
	fmt.Println("prints", b.N)
	for range b.N {
	}
}

func BenchmarkReports(b *testing.B) {
	b.ReportMetric(7, "widgets/op")
	for b.Loop() {
	}
}

func BenchmarkTiny(b *testing.B) {
	for b.Loop() {
	}
}
