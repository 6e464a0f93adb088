// Package kdf stretches passphrases.
package kdf

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"
)

// Rounds is the number of hashes for one key.
const Rounds = 400_000

// Derive makes a key from a passphrase.
func Derive(passphrase, salt string) string {
	sum := sha256.Sum256([]byte(salt + "\x00" + passphrase))
	for range Rounds {
		sum = sha256.Sum256(sum[:])
	}
	return hex.EncodeToString(sum[:])
}

// DeriveAll makes the keys of several passphrases in parallel.
func DeriveAll(salt string, passphrases ...string) []string {
	keys := make([]string, len(passphrases))
	var wg sync.WaitGroup
	for i, p := range passphrases {
		wg.Go(func() { keys[i] = Derive(p, salt) })
	}
	wg.Wait()
	return keys
}
