package publish

import (
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
)

// ChangeKind says what became of an issuer or of one of its keys. The zero value is none.
type ChangeKind uint8

// The kinds of Change.
const (
	ChangeIdentifier ChangeKind = iota + 1 // the issuer has another identifier
	ChangeAdded                            // a key is new
	ChangeRetired                          // a key signs no more
	ChangeRevoked                          // a key counts no more from an instant on, by revoked or expires
	ChangeUnlisted                         // the document lists a key no more
	ChangeReplaced                         // a name stands for another key
	ChangeReinstated                       // a key that was retired, revoked or expiring is so no more
)

// Change is one difference between two states of an issuer.
type Change struct {
	Kind ChangeKind
	Key  string    // its name, "" for the issuer
	At   time.Time // since when, for ChangeRetired and ChangeRevoked
	ID   string    // the new identifier, for ChangeIdentifier
}

// String says the change in words, with what it means for credentials.
func (c Change) String() string {
	key := "key " + quote.Text(c.Key)
	at := c.At.UTC().Format(time.RFC3339)
	switch c.Kind {
	case ChangeIdentifier:
		return "the issuer is " + quote.Text(c.ID) + ": its old document is not served, and what names it is not verified"
	case ChangeAdded:
		return key + " is added"
	case ChangeRetired:
		return key + " signs no more from " + at + " on; what it signed stays good"
	case ChangeRevoked:
		return key + " counts no more from " + at + " on: nothing that it signed is good then"
	case ChangeUnlisted:
		return key + " is not listed any more: nothing that it signed is good"
	case ChangeReplaced:
		return key + " is another key: nothing that the old one signed is good"
	case ChangeReinstated:
		return key + " is in use again"
	}
	return "no change"
}

// Compare tells what differs between two states of an issuer: the identifier, then each
// key in the order of before, then those that are new.
func Compare(before, after *Issuer) []Change {
	var all []Change
	if before.ID() != after.ID() {
		all = append(all, Change{Kind: ChangeIdentifier, ID: after.ID()})
	}
	for _, was := range before.Keys() {
		is, ok := after.named(was.Name)
		if !ok {
			all = append(all, Change{Kind: ChangeUnlisted, Key: was.Name})
			continue
		}
		all = append(all, became(&was, is)...)
	}
	for _, is := range after.Keys() {
		if _, ok := before.named(is.Name); !ok {
			all = append(all, Change{Kind: ChangeAdded, Key: is.Name})
		}
	}
	return all
}

func (i *Issuer) named(name string) (*Key, bool) {
	if i == nil {
		return nil, false
	}
	return i.find(name)
}

// became tells what differs between two states of a key of one name.
func became(was, is *Key) []Change {
	if was.Public != nil && (is.Public == nil || !same(was.Public, is.Public)) {
		return []Change{{Kind: ChangeReplaced, Key: was.Name}}
	}
	var all []Change
	for _, end := range []struct {
		kind    ChangeKind
		was, is time.Time
	}{{ChangeRetired, was.Retired, is.Retired}, {ChangeRevoked, was.end(), is.end()}} {
		switch {
		case end.was.Equal(end.is):
		case end.is.IsZero():
			all = append(all, Change{Kind: ChangeReinstated, Key: was.Name})
		default:
			all = append(all, Change{Kind: end.kind, Key: was.Name, At: end.is})
		}
	}
	return all
}
