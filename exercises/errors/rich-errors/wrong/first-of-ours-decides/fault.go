// Package fault carries errors through a service: full of detail for its operators, and of tact for its users.
package fault

import (
	"context"
	"errors"
	"iter"
)

// Code says to programs what is wrong. It is an error only so that errors.Is can look for it.
type Code string

const (
	Unknown     Code = "unknown"
	Invalid     Code = "invalid"
	NotFound    Code = "not-found"
	Conflict    Code = "conflict"
	Unavailable Code = "unavailable"
	Timeout     Code = "timeout"
	Canceled    Code = "canceled"
	Internal    Code = "internal"
)

func (c Code) Error() string { return string(c) }

// Public is the part of an error that may leave the service.
type Public struct {
	Code    Code
	Message string
	TraceID string
}

// NoMessage is what users are told when nobody wrote a message for them.
const NoMessage = "Something went wrong."

type traceKey struct{}

// WithTrace puts the trace id of a request into its context.
func WithTrace(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, traceKey{}, id)
}

func traceOf(ctx context.Context) string {
	id, _ := ctx.Value(traceKey{}).(string)
	return id
}

// node adds something to its cause. It is never changed, so goroutines may share it.
type node struct {
	text    string // all of it; the cause's is part of it
	cause   error  // nil: this is where it began
	code    Code   // empty: none, and message says nothing
	message string
	trace   string
	key     string
	value   any
}

func (n *node) Error() string { return n.text }
func (n *node) Unwrap() error { return n.cause }

// Is answers only for codes. That causes match is the business of errors.Is.
func (n *node) Is(target error) bool {
	code, ok := target.(Code)
	return ok && n.code != "" && n.code == code
}

// New returns an error with a code, and a message for the user.
func New(ctx context.Context, code Code, op, message string) error {
	return &node{text: op + ": " + message, code: code, message: message, trace: traceOf(ctx)}
}

// Wrap says what was being done when err happened.
func Wrap(ctx context.Context, err error, op string) error {
	if err == nil {
		return nil
	}
	return &node{text: op + ": " + err.Error(), cause: err, trace: traceOf(ctx)}
}

// With adds a field for the log.
func With(err error, key string, value any) error {
	if err == nil {
		return nil
	}
	return &node{text: err.Error(), cause: err, key: key, value: value}
}

// Translate says what err means to callers and users.
func Translate(err error, code Code, message string) error {
	if err == nil {
		return nil
	}
	return &node{text: err.Error(), cause: err, code: code, message: message}
}

// nodes yields the nodes in the tree of err, in the order in which errors.As looks at them.
func nodes(err error) iter.Seq[*node] {
	return func(yield func(*node) bool) { walk(err, yield) }
}

// walk reports false when yield did.
func walk(err error, yield func(*node) bool) bool {
	if n, ok := err.(*node); ok && !yield(n) {
		return false
	}
	switch wrapper := err.(type) {
	case interface{ Unwrap() error }:
		return walk(wrapper.Unwrap(), yield)
	case interface{ Unwrap() []error }:
		for _, branch := range wrapper.Unwrap() {
			if !walk(branch, yield) {
				return false
			}
		}
	}
	return true
}

// CodeOf returns the code of err.
func CodeOf(err error) Code {
	return PublicOf(err).Code
}

// FieldsOf returns all fields of err.
func FieldsOf(err error) map[string]any {
	fields := make(map[string]any)
	for n := range nodes(err) {
		if _, taken := fields[n.key]; n.key != "" && !taken {
			fields[n.key] = n.value
		}
	}
	return fields
}

// PublicOf returns what may be told to users.
func PublicOf(err error) Public {
	if err == nil {
		return Public{}
	}
	var p Public
	var first *node
	if errors.As(err, &first) {
		p.Code, p.Message = first.code, first.message
	}
	for n := range nodes(err) {
		if p.TraceID == "" {
			p.TraceID = n.trace
		}
	}
	if p.Code == "" {
		p.Code = guess(err)
	}
	if p.Message == "" {
		p.Message = NoMessage
	}
	return p
}

// guess finds a code for an error that nobody has given one.
func guess(err error) Code {
	switch {
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	default:
		return Unknown
	}
}
