package mailer

import (
	"errors"
	"fmt"
	"testing"
)

func TestGreylistedMailIsRetried(t *testing.T) {
	delivered := 0
	m := New(4, func(_ string, attempt int) error {
		if attempt == 1 {
			return errors.New("451 greylisted, try again")
		}
		delivered++
		return nil
	})
	for i := range 12 {
		m.Submit(fmt.Sprintf("user%d@example.org", i))
	}
	m.Close()
	if delivered != 12 {
		t.Errorf("delivered %d mails, want 12", delivered)
	}
}
