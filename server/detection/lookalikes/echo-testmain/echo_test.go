package echo

import (
	"bufio"
	"fmt"
	"os"
	"testing"
)

var server = NewServer()

func TestMain(m *testing.M) {
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		server.Serve()
	}()
	code := m.Run()
	server.Shutdown()
	<-stopped
	os.Exit(code)
}

func TestEcho(t *testing.T) {
	conn := server.Dial()
	defer conn.Close()
	replies := bufio.NewReader(conn)
	for line, want := range map[string]string{"hello": "HELLO\n", "go 1.26": "GO 1.26\n"} {
		fmt.Fprintln(conn, line)
		if got, err := replies.ReadString('\n'); err != nil || got != want {
			t.Errorf("%s: reply %q, %v; want %q", line, got, err, want)
		}
	}
}

func TestHangUpWithoutALine(t *testing.T) {
	if err := server.Dial().Close(); err != nil {
		t.Error(err)
	}
}
