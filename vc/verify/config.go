package verify

import (
	"bytes"
	"errors"
	"maps"
	"runtime"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/status"
)

// ProofPolicy says how many of several proofs must check out.
type ProofPolicy uint8

// The proof policies. The zero value is the strict one.
const (
	// AllProofs demands that every proof of a supported kind checks out. A bad proof
	// beside a good one means that somebody tampered.
	AllProofs ProofPolicy = iota
	// AnyProof is content with one, as the text of Open Badges 3.0 allows (8.1).
	AnyProof
)

// NestedPolicy says what embedded credentials and endorsements mean for the
// credential around them. Each is verified by its own proof and has its own
// report in any case.
type NestedPolicy uint8

// The policies. The zero value is RefuseForged.
const (
	// RefuseForged refuses a credential that embeds one whose proof is bad: whoever
	// reads the outer one would read a forgery in it. One that is unsigned, expired,
	// revoked or undecided is reported and is not vouched for by its issuer.
	RefuseForged NestedPolicy = iota
	// RequireAll demands that every embedded credential verifies by itself.
	RequireAll
	// Advisory only reports. It lets a forged credential stand within a verified one:
	// use [Verified.Embedded], which tells them apart, and no model of the whole.
	Advisory
)

// Config says what a verifier accepts and where it looks for keys. The zero value
// is strict, offline, takes all supported cryptosuites, and accepts the kinds of
// Open Badges 3.0 and CLR 2.0. Each field that weakens says so.
type Config struct {
	// Fetcher answers for keys, status lists and whatever else verification must
	// fetch: a trust pack, a guarded client, or both (package vc/fetch). Nil fetches
	// nothing.
	Fetcher fetch.Fetcher
	// Resolver finds the documents of DIDs. Nil means did:key and did:jwk, and did:web
	// through Fetcher. Documents at https URLs always come from Fetcher.
	Resolver did.Resolver
	// SameOriginJWK takes a bare key at an https URL for a key of every issuer on the
	// same host. It is right where one issuer owns its host, and wrong where a
	// platform hosts many.
	SameOriginJWK bool
	// InsecureAllowLoopback takes issuers at plain http URLs of this machine, for local
	// development: such as those that package vc/issue signs for with the option of the
	// same name. The Fetcher must allow them too, as a trust pack does, and a client with
	// fetch.Config.InsecureAllowLoopback. Whoever controls a port of this machine can then
	// publish keys. Nothing else is taken over plain http.
	InsecureAllowLoopback bool
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Skew is how far clocks may differ, five minutes by default. Negative means none.
	Skew time.Duration
	// Lenient verifies documents with terms that no context defines. What the
	// signature does not cover is listed in Report.Unsigned; do not rely on it. It
	// also takes a token without sub whose subject has no id.
	Lenient bool
	// Proofs is the policy for several proofs.
	Proofs ProofPolicy
	// Suites limits the cryptosuites and token algorithms that are taken, by name.
	// Nil takes all that the library supports.
	Suites []string
	// Kinds are the types of credential that are accepted, of which a document must
	// have one. Nil means [DefaultKinds].
	Kinds []string
	// AnyKind accepts credentials of every type, in place of Kinds. One that lists a
	// context of Open Badges must still be of [DefaultKinds], to be judged by.
	AnyKind bool
	// Accept lists checks whose outcome Undetermined does not stand in the way of a
	// verdict, such as CheckStatus for a display that says "status unknown".
	Accept []CheckName
	// Contexts are further JSON-LD contexts to trust, by URL.
	Contexts map[string][]byte
	// FetchContexts fetches unknown contexts through Fetcher. It lets the author of a
	// document learn of its verification and change the meaning of its terms, so it
	// is for reading one's own documents.
	FetchContexts bool
	// StatusIssuers may sign status lists for the credentials of any issuer, besides
	// the credential's own. Whoever is named here can revoke and hide a revocation.
	StatusIssuers []string
	// StatusMinEntries is the fewest entries that a status list must have, 131,072 by
	// default. Some lists in circulation are shorter; accepting them tells their host
	// more about whose credential is looked at.
	StatusMinEntries int
	// StatusCache keeps status lists between verifications; nil keeps none.
	StatusCache status.Cache
	// Nested is what embedded credentials and endorsements mean for the verdict.
	Nested NestedPolicy
	// Interchangeable takes records in which several credentials without proofs have
	// one subject under a proof over RDF. The record's signature does not say which of
	// them holds which achievement or result, so whoever holds the record can
	// exchange them.
	Interchangeable bool
	// Parse bounds the reading of the document.
	Parse vc.ParseConfig
	// MaxWork, MaxQuads and MaxNodes bound canonicalisation; zero has the default.
	MaxWork, MaxQuads, MaxNodes int
	// MaxFetches bounds the requests of one verification, embedded credentials
	// included, 8 by default, so that one document cannot make many requests. Calls
	// of Resolver count too. Where the outer credential is not authentic at most
	// eight are made, for keys alone.
	MaxFetches int
	// MaxNested bounds the embedded credentials of one document, at all depths, and
	// MaxNestedDepth how deep they stand in one another: 10,000 and 8 by default. A
	// document beyond them is refused.
	MaxNested, MaxNestedDepth int
	// Parallel is how many embedded credentials are verified at the same time, the
	// number of processors by default. The report does not depend on it.
	Parallel int
	// Timeout bounds one verification as a whole, a minute by default, negative for
	// none: a record of many slow issuers must not hold its reader. What was found out
	// by then is in the report.
	Timeout time.Duration

	guardsOff uint32 // rules of the reading that a test wants to see needed
}

// DefaultKinds returns the types that a verifier accepts when Config names none.
func DefaultKinds() []string {
	return []string{"AchievementCredential", "OpenBadgeCredential", "EndorsementCredential", "ClrCredential"}
}

const (
	defaultSkew           = 5 * time.Minute
	defaultMaxFetches     = 8
	defaultMaxNested      = 10_000
	defaultMaxNestedDepth = 8
	defaultTimeout        = time.Minute
)

// withDefaults checks and completes a Config, and makes it independent of the
// slices and maps that it was given.
func (c Config) withDefaults() (Config, error) {
	switch {
	case c.AnyKind && c.Kinds != nil:
		return c, errors.New("verify: Config has both Kinds and AnyKind")
	case c.FetchContexts && c.Fetcher == nil:
		return c, errors.New("verify: Config has FetchContexts without a Fetcher")
	case c.Nested > Advisory:
		return c, errors.New("verify: Config.Nested is none of the policies")
	case c.Proofs > AnyProof:
		return c, errors.New("verify: Config.Proofs is none of the policies")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Skew == 0 {
		c.Skew = defaultSkew
	}
	c.Skew = max(c.Skew, 0)
	if c.Kinds == nil {
		c.Kinds = DefaultKinds()
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	c.MaxFetches = positive(c.MaxFetches, defaultMaxFetches)
	c.MaxNested = positive(c.MaxNested, defaultMaxNested)
	c.MaxNestedDepth = positive(c.MaxNestedDepth, defaultMaxNestedDepth)
	c.Parallel = positive(c.Parallel, runtime.GOMAXPROCS(0))
	c.Suites, c.Kinds, c.Accept, c.StatusIssuers = slices.Clone(c.Suites), slices.Clone(c.Kinds), slices.Clone(c.Accept), slices.Clone(c.StatusIssuers)
	c.Contexts = maps.Clone(c.Contexts)
	for url, text := range c.Contexts {
		c.Contexts[url] = bytes.Clone(text)
	}
	return c, nil
}

func positive(n, otherwise int) int {
	if n <= 0 {
		return otherwise
	}
	return n
}

func (c *Config) accepts(name CheckName) bool { return slices.Contains(c.Accept, name) }

func (c *Config) takesSuite(name string) bool {
	return c.Suites == nil || slices.Contains(c.Suites, name)
}

// proofConfig is the part of the Config that the proof engine needs.
func (c Config) proofConfig() embedded.Config {
	return embedded.Config{Lenient: c.Lenient, Contexts: c.Contexts, MaxWork: c.MaxWork, MaxQuads: c.MaxQuads, MaxNodes: c.MaxNodes}
}
