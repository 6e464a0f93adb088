package std

import (
	"bytes"
	"compress/gzip"
	"container/heap"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"go/parser"
	"html/template"
	"io"
	"maps"
	"math/big"
	"math/rand/v2"
	"os/signal"
	"regexp"
	"runtime/pprof"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"testing/iotest"
	"testing/quick"
	"text/tabwriter"
	"time"
	"unique"
)

var (
	_ = heap.Init
	_ = sql.Open
	_ = template.New
	_ = signal.Notify
	_ = pprof.Lookup
	_ = tabwriter.NewWriter
	_ = fstest.TestFS
)

func TestStd(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	io.WriteString(w, "hello")
	w.Close()
	r, err := gzip.NewReader(iotest.OneByteReader(&packed))
	text, _ := io.ReadAll(r)
	t.Log(string(text), err)
	t.Logf("%x", sha256.Sum256([]byte("hello")))
	t.Log(binary.BigEndian.Uint16([]byte{1, 2}), new(big.Int).Exp(big.NewInt(2), big.NewInt(100), nil))
	ctx, cancel := context.WithTimeoutCause(context.Background(), time.Nanosecond, errors.New("too slow"))
	defer cancel()
	<-ctx.Done()
	t.Log(context.Cause(ctx))
	t.Log(slices.Sorted(maps.Keys(map[string]int{"b": 1, "a": 2})), regexp.MustCompile(`\d+`).FindString("a12"))
	t.Log(rand.New(rand.NewPCG(1, 2)).IntN(1000), unique.Make("x").Value())
	_, err = parser.ParseExpr("1 +")
	t.Log(err)
	var n atomic.Int64
	n.Add(3)
	fmt.Println(strings.ToUpper("done"), n.Load())
	t.Log(quick.Check(func(a int) bool { return a == a }, nil))
}
