package fault_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"sync"
	"testing"

	"sandbox/fault"
)

var background = context.Background()

// The goroutines share nothing but the error: nothing else orders their steps.
func TestErrorsAreShared(t *testing.T) {
	shared := fault.Wrap(background, fault.With(fault.New(background, fault.Unavailable, "stock.get", "Please try again."), "shelf", 7), "cart.add")
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			mine := fault.Wrap(background, fault.With(shared, "caller", i), "request")
			if got, want := text(mine), "request: cart.add: stock.get: Please try again."; got != want {
				t.Errorf("the text is %q, want %q", got, want)
			}
			if got := fault.FieldsOf(mine); got["caller"] != i || got["shelf"] != 7 || len(got) != 2 {
				t.Errorf("4 goroutines gave one error fields of their own; caller %d sees the fields %v", i, got)
			}
			if got := fault.CodeOf(mine); got != fault.Unavailable {
				t.Errorf("CodeOf = %q, want unavailable", got)
			}
			if !errors.Is(mine, fault.Unavailable) {
				t.Error("errors.Is does not find the code")
			}
			if got := text(shared); got != "cart.add: stock.get: Please try again." {
				t.Errorf("the text of the shared error has become %q", got)
			}
		})
	}
	wg.Wait()
}

func TestNothingIsNoError(t *testing.T) {
	for what, err := range map[string]error{
		"Wrap":      fault.Wrap(background, nil, "op"),
		"With":      fault.With(nil, "key", 1),
		"Translate": fault.Translate(nil, fault.Internal, "message"),
	} {
		if err != nil {
			t.Errorf("%s of nil is not nil, but a %T: every call that succeeds would look as if it had failed", what, err)
		}
	}
	if code, public, fields := fault.CodeOf(nil), fault.PublicOf(nil), fault.FieldsOf(nil); code != "" || public != (fault.Public{}) || len(fields) != 0 {
		t.Errorf("of nil, CodeOf is %q, PublicOf is %+v, FieldsOf is %v, want all empty", code, public, fields)
	}
}

func TestTextOfACode(t *testing.T) {
	if got := fault.NotFound.Error(); got != "not-found" {
		t.Errorf("the text of the code not-found is %q", got)
	}
}

func TestOriginalIsNotChanged(t *testing.T) {
	ctx := fault.WithTrace(background, "7f3a")
	original := fault.With(fault.With(fault.With(fault.New(background, fault.Conflict, "stock.take", "Sold."), "a", 1), "b", 2), "c", 3)
	left := fault.With(original, "side", "left")
	right := fault.With(original, "side", "right")
	fault.Translate(original, fault.Internal, "")
	fault.Wrap(ctx, original, "elsewhere")
	if l, r := fault.FieldsOf(left)["side"], fault.FieldsOf(right)["side"]; l != "left" || r != "right" {
		t.Errorf("one error was given the field side twice, as left and as right: the two results say %v and %v", l, r)
	}
	if got, want := fault.FieldsOf(original), (map[string]any{"a": 1, "b": 2, "c": 3}); !maps.Equal(got, want) {
		t.Errorf("an error was given further fields, and those of the original are %v, want still %v", got, want)
	}
	expectPublic(t, original, fault.Public{Code: fault.Conflict, Message: "Sold."})
	if got := text(original); got != "stock.take: Sold." {
		t.Errorf("the text of the original has become %q", got)
	}
}

func TestFieldsBelongToTheCaller(t *testing.T) {
	err := fault.With(errNoRows, "customer", 12)
	clear(fault.FieldsOf(err))
	if got := fault.FieldsOf(err); got["customer"] != 12 {
		t.Errorf("a caller cleared the map that it got from FieldsOf, and now the fields of the error are %v", got)
	}
}

func TestFieldsOfTheWholeTree(t *testing.T) {
	left := fault.Wrap(background, fault.With(errNoRows, "shelf", 1), "left")
	right := fmt.Errorf("right: %w", fault.With(fault.With(errNoRows, "shelf", 2), "box", 20))
	err := fault.With(fault.Wrap(background, errors.Join(errNoRows, left, right), "both"), "user", 9)
	if got, want := fault.FieldsOf(err), (map[string]any{"user": 9, "shelf": 1, "box": 20}); !maps.Equal(got, want) {
		t.Errorf("FieldsOf = %v, want %v: the fields of all branches, of equal keys the first", got, want)
	}
	if got := fault.FieldsOf(fault.With(err, "shelf", 0))["shelf"]; got != 0 {
		t.Errorf("the field shelf was 1 and then set to 0 further out: FieldsOf has %v", got)
	}
	if got := fault.FieldsOf(errNoRows); len(got) != 0 {
		t.Errorf("FieldsOf of an error without fields = %v", got)
	}
}

func TestOutermostMeaningCounts(t *testing.T) {
	err := fault.New(background, fault.NotFound, "accounts.get", "There is no such account.")
	err = fault.Translate(err, fault.Internal, "")
	err = fault.Wrap(background, fault.With(err, "table", "accounts_v2"), "orders.pay")
	expectPublic(t, err, fault.Public{Code: fault.Internal, Message: fault.NoMessage})
	if !errors.Is(err, fault.NotFound) || !errors.Is(err, fault.Internal) || errors.Is(err, fault.Unknown) {
		t.Errorf("not-found was translated to internal: errors.Is(err, code) is %v for not-found, %v for internal, %v for unknown, want true, true, false",
			errors.Is(err, fault.NotFound), errors.Is(err, fault.Internal), errors.Is(err, fault.Unknown))
	}
	expectPublic(t, fault.Translate(err, fault.Unavailable, "Later, please."), fault.Public{Code: fault.Unavailable, Message: "Later, please."})
}

func TestFirstBranchWithACodeCounts(t *testing.T) {
	uncoded := fault.Wrap(background, fault.With(errNoRows, "row", 1), "first") // of this package, but says nothing about the code
	deep := fmt.Errorf("second: %w", fault.Wrap(background, fault.New(background, fault.Timeout, "deep", "Too slow."), "down"))
	third := fault.New(background, fault.Conflict, "third", "Twice.")
	expectPublic(t, errors.Join(uncoded, deep, third), fault.Public{Code: fault.Timeout, Message: "Too slow."})
	expectPublic(t, errors.Join(uncoded, third, deep), fault.Public{Code: fault.Conflict, Message: "Twice."})
	expectPublic(t, fmt.Errorf("%w and %w", uncoded, errors.Join(uncoded, deep)), fault.Public{Code: fault.Timeout, Message: "Too slow."})
	joined := fault.Wrap(background, errors.Join(uncoded, deep, third), "all")
	for _, code := range []fault.Code{fault.Timeout, fault.Conflict} {
		if !errors.Is(joined, code) {
			t.Errorf("one branch of a join has the code %s, and errors.Is does not find it", code)
		}
	}
}

func TestErrorsWithoutACode(t *testing.T) {
	expectPublic(t, errNoRows, fault.Public{Code: fault.Unknown, Message: fault.NoMessage})
	expectPublic(t, fault.Wrap(background, fmt.Errorf("get: %w", context.DeadlineExceeded), "op"), fault.Public{Code: fault.Timeout, Message: fault.NoMessage})
	expectPublic(t, fault.With(errors.Join(errNoRows, context.Canceled), "key", 1), fault.Public{Code: fault.Canceled, Message: fault.NoMessage})
	if err := fault.Wrap(background, context.DeadlineExceeded, "op"); errors.Is(err, fault.Timeout) || fault.CodeOf(err) != fault.Timeout {
		t.Errorf("a deadline without a code: CodeOf is %q, want timeout; errors.Is(err, Timeout) is %v, want false: nobody has given it", fault.CodeOf(err), errors.Is(err, fault.Timeout))
	}
	expectPublic(t, fault.Translate(context.Canceled, fault.Unavailable, "Busy."), fault.Public{Code: fault.Unavailable, Message: "Busy."})
}

func TestUsersSeeNothingOfTheCause(t *testing.T) {
	secret := errors.New("password=hunter2")
	for _, err := range []error{
		secret,
		fault.Wrap(background, secret, "op-secret"),
		fault.With(fault.Translate(secret, fault.Internal, ""), "key-secret", "value-secret"),
		fault.Wrap(background, errors.Join(secret, context.Canceled), "op-secret"),
	} {
		if got := fmt.Sprintf("%+v", fault.PublicOf(err)); strings.Contains(got, "hunter2") || strings.Contains(got, "secret") || !strings.Contains(got, fault.NoMessage) {
			t.Errorf("nobody has written a message for users, and they are told %s", got)
		}
	}
}

func TestTrace(t *testing.T) {
	ctx, other := fault.WithTrace(background, "7f3a"), fault.WithTrace(background, "0b1c")
	if got := fault.PublicOf(fault.New(ctx, fault.Internal, "op", "")).TraceID; got != "7f3a" {
		t.Errorf("New in a context with the trace 7f3a: TraceID is %q", got)
	}
	inner := fault.Wrap(ctx, errNoRows, "inner")
	for what, err := range map[string]error{
		"itself":                             inner,
		"wrapped in a context without trace": fault.Wrap(background, inner, "outer"),
		"translated":                         fault.Translate(inner, fault.Internal, ""),
		"with a field":                       fault.With(inner, "key", 1),
		"joined":                             errors.Join(errNoRows, inner, fault.Wrap(other, errNoRows, "later")),
	} {
		if got := fault.PublicOf(err).TraceID; got != "7f3a" {
			t.Errorf("an error of the trace 7f3a, %s: TraceID is %q", what, got)
		}
	}
	if got := fault.PublicOf(fault.Wrap(other, inner, "outer")).TraceID; got != "0b1c" {
		t.Errorf("an error of the trace 7f3a, wrapped in one of the trace 0b1c: TraceID is %q, want the outermost", got)
	}
}

// fieldErrors cannot be compared: == on two of them panics.
type fieldErrors []string

func (f fieldErrors) Error() string { return strings.Join(f, ", ") }

func TestCausesOfAnyType(t *testing.T) {
	cause := fieldErrors{"name", "street"}
	err := fault.Wrap(background, fault.Translate(fault.With(cause, "form", 3), fault.Invalid, "Please check the form."), "form.save")
	var found fieldErrors
	if !errors.As(err, &found) || len(found) != 2 {
		t.Errorf("errors.As finds %v, want the cause, which is a slice", found)
	}
	if errors.Is(err, fieldErrors{"name"}) || !errors.Is(err, fault.Invalid) {
		t.Error("errors.Is finds a slice, which equals nothing, or does not find the code")
	}
}

func TestMatchingAfterAllKindsOfWrapping(t *testing.T) {
	for what, err := range map[string]error{
		"Wrap":      fault.Wrap(background, errNoRows, "op"),
		"With":      fault.With(errNoRows, "key", 1),
		"Translate": fault.Translate(errNoRows, fault.NotFound, "message"),
	} {
		if !errors.Is(err, errNoRows) {
			t.Errorf("errors.Is does not find the error that was given to %s", what)
		}
	}
	for got, want := range map[string]string{
		text(fault.With(errNoRows, "key", 1)):                          errNoRows.Error(),
		text(fault.Translate(errNoRows, fault.NotFound, "Not there.")): errNoRows.Error(),
	} {
		if got != want {
			t.Errorf("With and Translate keep the text %q, this one has become %q", want, got)
		}
	}
}
