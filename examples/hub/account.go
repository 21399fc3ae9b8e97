package main

import (
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"errors"

	"github.com/laurel-edu/laurel/hub"
)

// account is somebody who may sign in. A product has its own.
type account struct {
	name       string
	salt, hash []byte
}

// iterations is how often a password is hashed. The hashes here are never written down; a
// product that keeps them takes ten times as many, or another function.
const iterations = 60_000

func newAccount(name, password string) (account, error) {
	if err := (hub.Owner{User: name}).Check(); err != nil {
		return account{}, errors.New("a name is at most 255 bytes of UTF-8")
	}
	a := account{name: name, salt: make([]byte, 16)}
	_, _ = rand.Read(a.salt) // never fails
	var err error
	a.hash, err = a.hashed(password)
	return a, err
}

func (a *account) hashed(password string) ([]byte, error) {
	return pbkdf2.Key(sha256.New, password, a.salt, iterations, sha256.Size)
}

// accounts are all of them, by name.
type accounts map[string]account

func newAccounts(list []account) accounts {
	all := accounts{}
	for _, a := range list {
		all[a.name] = a
	}
	return all
}

// check reports whether a password is that of a name. It takes as long for a name that
// there is not, so that nobody learns which there are.
func (all accounts) check(name, password string) bool {
	a, known := all[name]
	if !known {
		a = account{salt: make([]byte, 16), hash: make([]byte, sha256.Size)}
	}
	hash, err := a.hashed(password)
	return err == nil && subtle.ConstantTimeCompare(hash, a.hash) == 1 && known
}
