// Package fault carries errors through a service: full of detail for its operators, and of tact for its users.
package fault

import (
	"context"
	"errors"
	"fmt"
	"maps"
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

type contextKey int

const traceKey contextKey = iota

// WithTrace puts the trace id of a request into its context.
func WithTrace(ctx context.Context, id string) context.Context {
	return context.WithValue(ctx, traceKey, id)
}

// summary is all that is known of a tree of errors.
type summary struct {
	public Public // without what is assumed where nobody has said anything
	fields map[string]any
}

// plus adds what another branch knows, where this one knows nothing.
func (s summary) plus(other summary) summary {
	if s.public.Code == "" {
		s.public.Code, s.public.Message = other.public.Code, other.public.Message
	}
	if s.public.TraceID == "" {
		s.public.TraceID = other.public.TraceID
	}
	fields := make(map[string]any, len(s.fields)+len(other.fields))
	maps.Copy(fields, other.fields)
	maps.Copy(fields, s.fields)
	s.fields = fields
	return s
}

// summarize finds the summaries in a tree, and adds them up.
func summarize(err error) (s summary) {
	switch e := err.(type) {
	case interface{ summarized() summary }:
		return e.summarized()
	case interface{ Unwrap() error }:
		return summarize(e.Unwrap())
	case interface{ Unwrap() []error }:
		for _, branch := range e.Unwrap() {
			s = s.plus(summarize(branch))
		}
	}
	return s
}

// root is an error of this package that wraps nothing.
type root struct {
	summary
	op string
}

func (r root) Error() string        { return fmt.Sprintf("%s: %s", r.op, r.public.Message) }
func (r root) summarized() summary  { return r.summary }
func (r root) Is(target error) bool { return target == error(r.public.Code) }

// layer is an error of this package around another one.
type layer struct {
	error  // the cause
	prefix string
	own    Code // the code that this layer has added
	all    summary
}

func (l layer) Error() string        { return l.prefix + l.error.Error() }
func (l layer) Unwrap() error        { return l.error }
func (l layer) summarized() summary  { return l.all }
func (l layer) Is(target error) bool { return l.own != "" && target == error(l.own) }

// New returns an error with a code, and a message for the user.
func New(ctx context.Context, code Code, op, message string) error {
	r := &root{op: op}
	r.public = Public{Code: code, Message: message}
	r.public.TraceID, _ = ctx.Value(traceKey).(string)
	return r
}

// Wrap says what was being done when err happened.
func Wrap(ctx context.Context, err error, op string) error {
	var s summary
	s.public.TraceID, _ = ctx.Value(traceKey).(string)
	return around(err, op+": ", s)
}

// With adds a field for the log.
func With(err error, key string, value any) error {
	return around(err, "", summary{fields: map[string]any{key: value}})
}

// Translate says what err means to callers and users.
func Translate(err error, code Code, message string) error {
	return around(err, "", summary{public: Public{Code: code, Message: message}})
}

func around(err error, prefix string, added summary) error {
	if err == nil {
		return nil
	}
	return &layer{error: err, prefix: prefix, own: added.public.Code, all: added.plus(summarize(err))}
}

// CodeOf returns the code of err.
func CodeOf(err error) Code {
	code := summarize(err).public.Code
	switch {
	case code != "" || err == nil:
		return code
	case errors.Is(err, context.Canceled):
		return Canceled
	case errors.Is(err, context.DeadlineExceeded):
		return Timeout
	}
	return Unknown
}

// FieldsOf returns all fields of err.
func FieldsOf(err error) map[string]any {
	return maps.Clone(summarize(err).fields)
}

// PublicOf returns what may be told to users.
func PublicOf(err error) Public {
	if err == nil {
		return Public{}
	}
	p := summarize(err).public
	p.Code = CodeOf(err)
	if p.Message == "" {
		p.Message = NoMessage
	}
	return p
}
