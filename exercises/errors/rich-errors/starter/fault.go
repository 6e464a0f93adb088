// Package fault carries errors through a service: full of detail for its operators, and of tact for its users.
package fault

import "context"

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

// WithTrace puts the trace id of a request into its context.
func WithTrace(ctx context.Context, id string) context.Context {
	return ctx
}

// New returns an error with a code, and a message for the user.
func New(ctx context.Context, code Code, op, message string) error {
	return nil
}

// Wrap says what was being done when err happened.
func Wrap(ctx context.Context, err error, op string) error {
	return nil
}

// With adds a field for the log.
func With(err error, key string, value any) error {
	return nil
}

// Translate says what err means to callers and users.
func Translate(err error, code Code, message string) error {
	return nil
}

// CodeOf returns the code of err.
func CodeOf(err error) Code {
	return ""
}

// FieldsOf returns all fields of err.
func FieldsOf(err error) map[string]any {
	return nil
}

// PublicOf returns what may be told to users.
func PublicOf(err error) Public {
	return Public{}
}
