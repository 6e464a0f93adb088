// Package profile caches user profiles in front of the database.
package profile

import "sync"

// DB is the table of profiles.
type DB struct {
	mu    sync.Mutex
	names map[int]string
}

func (db *DB) load(id int) string {
	db.mu.Lock()
	defer db.mu.Unlock()
	return db.names[id]
}

func (db *DB) save(id int, name string) {
	db.mu.Lock()
	defer db.mu.Unlock()
	db.names[id] = name
}

// Cache answers from memory what was read before.
type Cache struct {
	db     *DB
	mu     sync.Mutex
	cached map[int]string
}

// Get returns the name of a user.
func (c *Cache) Get(id int) string {
	c.mu.Lock()
	name, ok := c.cached[id]
	c.mu.Unlock()
	if ok {
		return name
	}
	name = c.db.load(id)
	c.mu.Lock()
	c.cached[id] = name
	c.mu.Unlock()
	return name
}

// Rename changes the name of a user.
func (c *Cache) Rename(id int, name string) {
	c.db.save(id, name)
	c.mu.Lock()
	delete(c.cached, id)
	c.mu.Unlock()
}
