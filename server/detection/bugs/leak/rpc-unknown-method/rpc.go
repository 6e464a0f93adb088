// Package rpc calls functions of an in-process server by name.
package rpc

import "log/slog"

// Method is a function that can be called.
type Method func(arg string) string

type request struct {
	method, arg string
	reply       chan string
}

// Client is connected to one server.
type Client struct {
	requests chan *request
}

// Dial starts a server with the methods and connects to it.
func Dial(methods map[string]Method) *Client {
	c := &Client{requests: make(chan *request)}
	go serve(c.requests, methods)
	return c
}

func serve(requests <-chan *request, methods map[string]Method) {
	for req := range requests {
		method, ok := methods[req.method]
		if !ok {
			slog.Debug("unknown method", "name", req.method)
			continue
		}
		req.reply <- method(req.arg)
	}
}

// Go calls a method and passes its result to then, on another goroutine.
func (c *Client) Go(method, arg string, then func(string)) {
	req := &request{method: method, arg: arg, reply: make(chan string, 1)}
	c.requests <- req
	go func() {
		then(<-req.reply)
	}()
}

// Close ends the connection.
func (c *Client) Close() { close(c.requests) }
