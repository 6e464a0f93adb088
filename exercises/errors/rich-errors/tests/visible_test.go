package fault_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"sandbox/fault"
)

var errNoRows = errors.New("no rows in result set")

// text is for errors that may be nil where they should not.
func text(err error) string {
	if err == nil {
		return "<nil>"
	}
	return err.Error()
}

func expectPublic(t *testing.T, err error, want fault.Public) {
	t.Helper()
	if got := fault.PublicOf(err); got != want {
		t.Errorf("PublicOf(%v) = %+v, want %+v", err, got, want)
	}
}

func TestAnErrorOnItsWayUp(t *testing.T) {
	ctx := fault.WithTrace(context.Background(), "7f3a")
	err := fault.With(errNoRows, "customer", 12)
	err = fault.Translate(err, fault.NotFound, "We do not know this customer.")
	err = fault.Wrap(ctx, err, "customers.load")
	if err == nil {
		t.Fatal("an error was given a field, a meaning and an op, and is nil now")
	}
	if got, want := text(err), "customers.load: no rows in result set"; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	if !errors.Is(err, errNoRows) {
		t.Error("errors.Is does not find the cause any more")
	}
	if !errors.Is(err, fault.NotFound) || errors.Is(err, fault.Invalid) {
		t.Errorf("an error was translated to not-found: errors.Is(err, NotFound) = %v, errors.Is(err, Invalid) = %v", errors.Is(err, fault.NotFound), errors.Is(err, fault.Invalid))
	}
	if got := fault.FieldsOf(err); len(got) != 1 || got["customer"] != 12 {
		t.Errorf("FieldsOf = %v, want the customer 12", got)
	}
	expectPublic(t, err, fault.Public{Code: fault.NotFound, Message: "We do not know this customer.", TraceID: "7f3a"})
}

func TestNewError(t *testing.T) {
	err := fault.New(context.Background(), fault.Conflict, "cart.add", "The last one has just been sold.")
	if err == nil {
		t.Fatal("New returned nil")
	}
	if got, want := text(err), "cart.add: The last one has just been sold."; got != want {
		t.Errorf("the text is %q, want %q", got, want)
	}
	if got := fault.CodeOf(err); got != fault.Conflict || !errors.Is(err, fault.Conflict) {
		t.Errorf("New with the code conflict: CodeOf is %q, errors.Is(err, Conflict) is %v", got, errors.Is(err, fault.Conflict))
	}
	expectPublic(t, err, fault.Public{Code: fault.Conflict, Message: "The last one has just been sold."})
}

func TestForeignWrappings(t *testing.T) {
	ctx := fault.WithTrace(context.Background(), "7f3a")
	err := fmt.Errorf("shop: %w", fault.New(ctx, fault.Invalid, "cart.add", "How many?"))
	expectPublic(t, err, fault.Public{Code: fault.Invalid, Message: "How many?", TraceID: "7f3a"})
	err = errors.Join(errors.New("closing failed too"), err)
	expectPublic(t, err, fault.Public{Code: fault.Invalid, Message: "How many?", TraceID: "7f3a"})
}
