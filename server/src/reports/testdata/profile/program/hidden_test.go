package cache

import "testing"

func TestSecretCase(t *testing.T) {
	c := New()
	t.Run("sub", func(t *testing.T) {
		for range 50 {
			secretHelper(c)
		}
	})
}

func secretHelper(c *Cache) { c.Get("secret") }
