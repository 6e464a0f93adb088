package kdf

import "testing"

func TestDeriveAll(t *testing.T) {
	keys := DeriveAll("salt", "correct horse", "battery staple")
	if keys[0] == keys[1] {
		t.Error("two passphrases have the same key")
	}
	for i, key := range keys {
		if len(key) != 64 {
			t.Errorf("key %d has %d digits, want 64", i, len(key))
		}
	}
}
