package consumer

import "testing"

func TestRunDrainsQueue(t *testing.T) {
	messages := make(chan string, 3)
	for _, m := range []string{"created", "paid", "shipped"} {
		messages <- m
	}
	close(messages)
	handled := 0
	c := &Consumer{
		Messages: messages,
		Expiring: make(chan string),
		Handle:   func(string) error { handled++; return nil },
		Renew:    func(string) error { return nil },
	}
	if err := c.Run(t.Context()); err != nil {
		t.Fatalf("Run: %v", err)
	}
	if handled != 3 {
		t.Errorf("handled %d messages, want 3", handled)
	}
}
