package verify

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

// Config says what a verifier accepts and where it looks for keys. The zero value
// is strict, offline, takes all supported cryptosuites, and accepts the kinds of
// Open Badges 3.0 and CLR 2.0. Each field that weakens says so.
type Config struct {
	// Fetcher answers for keys, status lists, schemas and whatever else verification must
	// fetch: a trust pack, a guarded client, or both (package vc/fetch). Nil fetches
	// nothing.
	Fetcher fetch.Fetcher
	// Resolver finds the documents of DIDs that no trust pack of Fetcher holds. Nil means
	// did:key and did:jwk, and did:web through Fetcher. Documents at https URLs always
	// come from Fetcher.
	Resolver did.Resolver
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Skew is how far clocks may differ, five minutes by default. Negative means none.
	Skew time.Duration
	// Kinds are the types of credential that are accepted, of which a document must
	// have one. Nil means [DefaultKinds]; [AnyKind], alone, accepts every type. They are asked
	// of what is embedded where Nested.ApplyKinds says so.
	Kinds []string
	// Accept lists checks whose outcome Undetermined does not stand in the way of a
	// verdict, such as CheckStatus for a display that says "status unknown".
	Accept []CheckName
	// Lenient verifies documents with terms that no context defines. What the
	// signature does not cover is listed in Report.Unsigned; do not rely on it.
	Lenient bool
	// Contexts are further JSON-LD contexts to trust, by URL.
	Contexts map[string][]byte
	// FetchContexts fetches unknown contexts through Fetcher. It lets the author of a
	// document learn of its verification and change the meaning of its terms, so it
	// is for reading one's own documents.
	FetchContexts bool
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

	// Audience are the names of this verifier: what the aud of a token or the domain of a
	// proof may say. One for somebody else is refused. Nil, the default, takes all that
	// name somebody, with a warning.
	Audience []string
	// KeyBinding asks the holder of an SD-JWT to sign its presentation.
	KeyBinding KeyBindingConfig
	// Authorize takes a key whose controller is not the issuer, for deployments in which a
	// known service signs for others. It gets both identifiers as they are written, and is
	// asked only where the key is not the issuer's own. Whoever it lets through can issue
	// in the issuer's name. It may be called from several goroutines.
	Authorize func(issuer, controller string) bool
	// InlineContexts takes contexts that are written into a document, which its author can
	// make mean anything: it gets each one as canonical JSON (RFC 8785) and says whether
	// its definitions are known. [InlineDigests] takes those of known digests. Each term
	// that is so defined is told in a warning. Nil, the default, takes none.
	InlineContexts func(context []byte) bool

	// Proofs says which proofs count.
	Proofs ProofsConfig
	// Status says whose status lists count.
	Status StatusConfig
	// Schemas bounds what is computed for the schemas that credentials bring.
	Schemas SchemasConfig
	// Nested is what embedded credentials and endorsements mean for the verdict.
	Nested NestedConfig
	// Limits bounds the work for one document.
	Limits Limits

	guardsOff uint32 // rules of the reading that a test wants to see needed
}

// AnyKind in place of [Config.Kinds] accepts credentials of every type. One that lists a
// context of Open Badges must still be of [DefaultKinds], to be judged by.
const AnyKind = "*"

// DefaultKinds returns the types that a verifier accepts when Config names none.
func DefaultKinds() []string {
	return []string{"AchievementCredential", "OpenBadgeCredential", "EndorsementCredential", "ClrCredential"}
}

// DefaultSuites returns the cryptosuites, proof types and token algorithms that a verifier
// takes when Config.Proofs names none.
func DefaultSuites() []string {
	names := embedded.Suites()
	for _, a := range proof.Algorithms() {
		names = append(names, string(a))
	}
	return names
}

const defaultSkew = 5 * time.Minute

// withDefaults checks and completes a Config, and makes it independent of the
// slices and maps that it was given.
func (c Config) withDefaults() (Config, error) {
	switch {
	case len(c.Kinds) > 1 && slices.Contains(c.Kinds, AnyKind):
		return c, errors.New("verify: Config.Kinds has AnyKind beside others")
	case c.FetchContexts && c.Fetcher == nil:
		return c, errors.New("verify: Config has FetchContexts without a Fetcher")
	case c.Nested.Policy > NestedAdvisory:
		return c, errors.New("verify: Config.Nested.Policy is none of them")
	case c.Proofs.Policy > ProofsAny:
		return c, errors.New("verify: Config.Proofs.Policy is none of them")
	}
	var err error
	if c.KeyBinding, err = c.KeyBinding.withDefaults(c.Audience); err != nil {
		return c, err
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
	c.Kinds, c.Accept = slices.Clone(c.Kinds), slices.Clone(c.Accept)
	c.Audience = slices.Clone(c.Audience)
	if c.Proofs.Suites == nil {
		c.Proofs.Suites = DefaultSuites()
	}
	c.Proofs.Suites, c.Status.TrustedIssuers = slices.Clone(c.Proofs.Suites), slices.Clone(c.Status.TrustedIssuers)
	c.Contexts = maps.Clone(c.Contexts)
	for url, text := range c.Contexts {
		c.Contexts[url] = bytes.Clone(text)
	}
	if c.Schemas.Cache == nil {
		c.Schemas.Cache = schema.NewCache(0)
	}
	c.Limits = c.Limits.withDefaults()
	return c, nil
}

func (c *Config) accepts(name CheckName) bool { return slices.Contains(c.Accept, name) }

func (c *Config) anyKind() bool { return slices.Contains(c.Kinds, AnyKind) }

func (c *Config) takesSuite(name string) bool { return slices.Contains(c.Proofs.Suites, name) }

// proofConfig is the part of the Config that the proof engine needs.
func (c *Config) proofConfig() embedded.Config {
	return embedded.Config{Lenient: c.Lenient, Contexts: c.Contexts, InlineContexts: c.InlineContexts != nil,
		MaxWork: c.Limits.MaxWork, MaxQuads: c.Limits.MaxQuads, MaxNodes: c.Limits.MaxNodes}
}
