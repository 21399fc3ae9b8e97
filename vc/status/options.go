package status

import (
	"context"
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// MinEntries is the least number of entries of a Bitstring Status List or a
// Status List 2021: enough that fetching the list does not tell which credential
// is looked at (Bitstring Status List 1.0, 3.2).
const MinEntries = 131_072

const (
	// defaultMaxListBytes holds 134 million entries of one bit, a thousand times
	// the usual list, and is what a hostile list may cost.
	defaultMaxListBytes = 16 << 20
	// maxEntries is how many entries of one credential are looked at. Two are
	// usual; each may cause a fetch.
	maxEntries = 16

	defaultSkew = 5 * time.Minute
	defaultTTL  = 5 * time.Minute // Bitstring Status List 1.0, 2.2
	// maxTTL bounds what a list may ask for: a revocation shows within a day.
	maxTTL = 24 * time.Hour
)

// VerifiedList is a status list credential that was verified.
type VerifiedList struct {
	Document *vc.Document
	// Valid is when the verification may be relied on: while the claims nbf and exp
	// of a token allow it, until a proof expires, and until the end of its key. The
	// zero Interval is all of time.
	Valid vc.Interval
}

// Options say what [Check] may fetch and whom it believes. The zero Options fetch
// nothing and find every status unknown.
type Options struct {
	// Fetcher gets the lists: a trust pack, a guarded client, or both. Nil is
	// [fetch.Offline]. One of your own is held to its interface by [fetch.Guard].
	Fetcher fetch.Fetcher
	// VerifyList verifies the proof of a status list credential and that its key
	// belongs to its issuer, but not the list's own status, and returns it parsed,
	// with the interval in which that holds. It may leave the dates of the list alone:
	// Check reads them, and judges both each time the list is used. It is called in
	// the goroutine of Check and must return when ctx ends. Nil means that no signed
	// list can be relied on.
	VerifyList func(ctx context.Context, list []byte) (VerifiedList, error)

	// At is the instant that dates are judged by, the present where it is zero.
	At time.Time
	// Skew is how far clocks may differ: five minutes by default, none where
	// negative.
	Skew time.Duration

	// TrustedIssuers may sign lists for credentials of any issuer, besides the
	// credential's own. Whoever is named here can revoke, and can hide a revocation.
	TrustedIssuers []string
	// SkipListID believes a list whose id is another than the URL that the entry names
	// where it says that the credential is clear, too. Whoever answers at that URL can
	// then show another list of the same issuer in its place.
	SkipListID bool
	// MinEntries is the fewest entries that a list must have where its type has a
	// minimum: [MinEntries] by default, which an ecosystem's specification may
	// replace (Bitstring Status List 1.0, 3.2). 1 accepts any length, as some
	// lists in circulation need; it costs the holders privacy.
	MinEntries int
	// MaxListBytes bounds a list when inflated: 16 MiB by default.
	MaxListBytes int

	// Cache keeps lists that were verified; nil keeps none. It must serve one set
	// of trust only: whoever reads a list from it does not verify it again.
	Cache Cache
}

// withDefaults fills what is zero.
func (o Options) withDefaults() Options {
	o.Fetcher = fetch.Guard(o.Fetcher)
	if o.At.IsZero() {
		o.At = time.Now()
	}
	if o.Skew == 0 {
		o.Skew = defaultSkew
	}
	o.Skew = max(o.Skew, 0)
	if o.MinEntries <= 0 {
		o.MinEntries = MinEntries
	}
	if o.MaxListBytes <= 0 {
		o.MaxListBytes = defaultMaxListBytes
	}
	return o
}
