package hub

import (
	"crypto/rand"
	"fmt"
	"time"
)

// Link is how an owner shows one credential to everybody who has its address, until they
// withdraw it.
type Link struct {
	// ID is what the address is made of, which nobody guesses: see [NewLinkID]. Stores keep
	// it as it is, so that an owner can copy the address again; whoever reads a store reads
	// what the link leads to as well.
	ID      string
	Owner   Owner
	Key     Key       // of the credential; of a replacement too
	File    bool      // the text itself is shown too, with everything that it says of the owner
	Created time.Time // stores keep whole microseconds and UTC
}

// MaxLinks is how many links an owner has at most: as many as a page lists.
const MaxLinks = 1000

// minLinkID is as long as 100 bits in letters of 32: fewer could be guessed.
const minLinkID = 20

// NewLinkID draws the ID of a link, of 130 bits.
func NewLinkID() string { return rand.Text() }

// Check reports whether a store can keep the link: an owner, the kind of a credential, an
// instant, and an ID of at least 20 letters, digits and hyphens that nobody guesses. The
// error wraps [ErrInvalid].
func (l Link) Check() error {
	switch {
	case len(l.ID) < minLinkID || len(l.ID) > MaxName || !plain(l.ID):
		return fmt.Errorf("%w: a link whose ID is no long one of letters, digits and hyphens", ErrInvalid)
	case l.Key.Kind != KindBadge && l.Key.Kind != KindRecord:
		return fmt.Errorf("%w: a link to no kind of credential", ErrInvalid)
	case l.Created.Before(earliest) || !l.Created.Before(latest):
		return fmt.Errorf("%w: a link that was not made between the years 1 and 9999", ErrInvalid)
	}
	return l.Owner.Check()
}

// plain reports whether a text is one of letters, digits, hyphens and underscores of ASCII.
func plain(text string) bool {
	for _, r := range text {
		if (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '_' {
			return false
		}
	}
	return true
}

// CheckLinkID reports whether [Store.Link] can be asked so. The error wraps [ErrInvalid].
func CheckLinkID(tenant, id string) error {
	if err := checkName("tenant", tenant); err != nil {
		return err
	}
	return checkName("link", id)
}
