package mailer

import "testing"

func TestIDsAreUnique(t *testing.T) {
	m := New()
	first, second, third := m.Send("invoice"), m.Send("reminder"), m.Send("newsletter")
	m.Ack(second)
	m.Ack(second)
	if first == second || second == third || first == third {
		t.Errorf("ids %d, %d and %d are not unique", first, second, third)
	}
}
