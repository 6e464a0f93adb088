package attack

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
)

func Run() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "hello") }))
	defer server.Close()
	client := server.Client()
	defer client.CloseIdleConnections()
	response, err := client.Get(server.URL)
	if err != nil {
		panic(err)
	}
	defer response.Body.Close()
	io.ReadAll(response.Body)
	fmt.Println("loopback answered", response.StatusCode)
	listener, err := net.Listen("unix", "/tmp/socket")
	if err != nil {
		panic(err)
	}
	listener.Close()
}
