package verify

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
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
	// have one. Nil means [DefaultKinds]; AnyKind accepts every credential.
	Kinds   []string
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
	// RequireNested makes every embedded credential and endorsement count: the
	// outer one verifies only if all of them do. By default each has its own report.
	RequireNested bool
	// SkipNested leaves embedded credentials and endorsements unverified.
	SkipNested bool
	// Parse bounds the reading of the document.
	Parse vc.ParseConfig
	// MaxWork, MaxQuads and MaxNodes bound canonicalisation; zero has the default.
	MaxWork, MaxQuads, MaxNodes int
	// MaxFetches bounds the requests of one verification, nested credentials
	// included, 8 by default, so that one document cannot make many requests.
	MaxFetches int
	// MaxNested bounds the embedded credentials that are verified, 2,000 by default.
	MaxNested int
}

// DefaultKinds returns the types that a verifier accepts when Config names none.
func DefaultKinds() []string {
	return []string{"AchievementCredential", "OpenBadgeCredential", "EndorsementCredential", "ClrCredential"}
}

const (
	defaultSkew       = 5 * time.Minute
	defaultMaxFetches = 8
	defaultMaxNested  = 2000
)

func (c Config) withDefaults() (Config, error) {
	if c.AnyKind && c.Kinds != nil {
		return c, errors.New("verify: Config has both Kinds and AnyKind")
	}
	if c.RequireNested && c.SkipNested {
		return c, errors.New("verify: Config has both RequireNested and SkipNested")
	}
	if c.FetchContexts && c.Fetcher == nil {
		return c, errors.New("verify: Config has FetchContexts without a Fetcher")
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
	if c.MaxFetches <= 0 {
		c.MaxFetches = defaultMaxFetches
	}
	if c.MaxNested <= 0 {
		c.MaxNested = defaultMaxNested
	}
	return c, nil
}

func (c *Config) accepts(name CheckName) bool { return slices.Contains(c.Accept, name) }

func (c *Config) takesSuite(name string) bool {
	return c.Suites == nil || slices.Contains(c.Suites, name)
}

// proofConfig is the part of the Config that the proof engine needs.
func (c Config) proofConfig() dataintegrity.Config {
	p := dataintegrity.Config{Lenient: c.Lenient, Contexts: c.Contexts, MaxWork: c.MaxWork, MaxQuads: c.MaxQuads, MaxNodes: c.MaxNodes}
	if c.FetchContexts {
		p.LoadContext = func(ctx context.Context, url string) ([]byte, error) {
			r, err := c.Fetcher.Fetch(ctx, url)
			if err != nil {
				return nil, err
			}
			return r.Body, nil
		}
	}
	return p
}
