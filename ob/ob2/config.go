package ob2

import (
	"errors"
	"time"

	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

// Config says where a verifier looks for what a badge links to. The zero value is offline,
// and decides nothing.
type Config struct {
	// Fetcher answers for the documents of badges, issuers and keys: a trust pack, a guarded
	// client, or both (package vc/fetch). Nil fetches nothing. The addresses are chosen by
	// whoever wrote the badge.
	Fetcher fetch.Fetcher
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Skew is how far clocks may differ, five minutes by default. Negative means none.
	Skew time.Duration
	// Redirectors are hosts whose one purpose it is to redirect to the documents of others,
	// besides w3id.org, purl.org and purl.imsglobal.org. A document behind one counts as
	// standing where it was found. A redirect from any other host to another one is refused.
	Redirectors []string
	// MaxRequests bounds what is asked for on behalf of one badge, 32 by default: a signed
	// badge takes four requests, each endorsement two or three. Negative means none.
	MaxRequests int
	// MaxEndorsements bounds the endorsements that are looked at, 16 by default: each is a
	// document of a stranger. Negative means none.
	MaxEndorsements int

	schemas *schema.Cache // of extensions
}

const (
	defaultSkew         = 5 * time.Minute
	defaultRequests     = 32
	defaultEndorsements = 16
	maxKeys             = 8 // of an issuer, where the badge names none
)

func (c Config) withDefaults() (Config, error) {
	if c.MaxRequests > 10_000 || c.MaxEndorsements > 10_000 {
		return c, errors.New("ob2: Config has a limit that is none")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Skew == 0 {
		c.Skew = defaultSkew
	}
	if c.MaxRequests == 0 {
		c.MaxRequests = defaultRequests
	}
	if c.MaxEndorsements == 0 {
		c.MaxEndorsements = defaultEndorsements
	}
	c.Skew, c.MaxRequests, c.MaxEndorsements = max(c.Skew, 0), max(c.MaxRequests, 0), max(c.MaxEndorsements, 0)
	c.Fetcher, c.schemas = fetch.Guard(c.Fetcher), schema.NewCache(0)
	return c, nil
}

// Options are for one badge.
type Options struct {
	// Recipients are the identities of the person whom the badge should have been awarded
	// to. Nil does not ask.
	Recipients []Identity
}

// Identity is an identifier of a person.
type Identity struct {
	Type  string // as in the badge: email, url, telephone, id
	Value string
}
