package schema

import (
	"context"
	"time"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

const (
	// maxEntries is how many entries of one credential are looked at. One is usual;
	// each may cause a fetch.
	maxEntries = 16
	// maxDocuments is how many documents one schema is made of: itself, and those that
	// it refers to.
	maxDocuments = 1 + 8

	defaultMaxBytes = 256 << 10 // the longest that 1EdTech publishes has 115 KiB
	defaultMaxNodes = 10_000    // the published AchievementCredential has 2,500 values and unfolds to 6,800
	nodesPerValue   = 2
	defaultSteps    = 64 << 10 // an error takes half a kilobyte, so these take 32 MiB at worst
	bytesPerStep    = 32
	defaultSkew     = 5 * time.Minute
)

// VerifiedCredential is a credential that was verified.
type VerifiedCredential struct {
	Document *vc.Document
	// Valid is when the verification may be relied on: while the claims nbf and exp
	// of a token allow it, until a proof expires, and until the end of its key. The
	// zero Interval is all of time.
	Valid vc.Interval
}

// Options say what [Check] may fetch and how much it computes. The zero Options fetch
// nothing, and judge by no schema but those that the rules answer for.
type Options struct {
	// Fetcher gets the schemas: a trust pack, a guarded client, or both. Nil is
	// [fetch.Offline]. One of your own is held to its interface by [fetch.Guard].
	Fetcher fetch.Fetcher
	// VerifyCredential verifies the proof of a credential that holds a schema and that
	// its key belongs to its issuer, and returns it parsed, with the interval in which
	// that holds. It must not check the schemas of that credential, which could lead in
	// circles. Its dates are read here. It is called in the goroutine of Check and must
	// return when ctx ends. Nil means that no such credential can be relied on.
	VerifyCredential func(ctx context.Context, credential []byte) (VerifiedCredential, error)

	// At is the instant that dates are judged by, the present where it is zero.
	At time.Time
	// Skew is how far clocks may differ: five minutes by default, none where negative.
	Skew time.Duration

	// MaxBytes bounds a schema with all that it refers to: 256 KiB by default.
	MaxBytes int
	// MaxNodes bounds what a schema unfolds to when each reference is replaced by what it
	// refers to, but for one that leads back: 10,000 by default. Half as many values may
	// stand in its text, since compiling takes time by their square.
	MaxNodes int
	// MaxSteps bounds the evaluation of all schemas of one credential. A step is a
	// schema's being applied to a value, and more where that takes longer; 65,536, and
	// one for 32 bytes of the credential, by default.
	MaxSteps int

	// Cache keeps compiled schemas; nil keeps none.
	Cache *Cache
}

// withDefaults fills what is zero, for a document of a length.
func (o Options) withDefaults(size int) Options {
	o.Fetcher = fetch.Guard(o.Fetcher)
	if o.At.IsZero() {
		o.At = time.Now()
	}
	if o.Skew == 0 {
		o.Skew = defaultSkew
	}
	o.Skew = max(o.Skew, 0)
	o.MaxBytes = orDefault(o.MaxBytes, defaultMaxBytes)
	o.MaxNodes = orDefault(o.MaxNodes, defaultMaxNodes)
	o.MaxSteps = orDefault(o.MaxSteps, defaultSteps+size/bytesPerStep)
	return o
}

func orDefault(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}
