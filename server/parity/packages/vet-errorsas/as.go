package as

import "errors"

type problem struct{}

func (problem) Error() string { return "problem" }

func Is(err error) bool {
	var p problem
	return errors.As(err, p)
}
