package verify

import (
	"github.com/laurel-edu/laurel/vc/schema"
	"github.com/laurel-edu/laurel/vc/status"
)

// ProofsConfig says which of a credential's proofs count. The zero value demands all,
// of every supported kind.
type ProofsConfig struct {
	// Policy is how many of several proofs must check out.
	Policy ProofPolicy
	// Suites are the cryptosuites, proof types and token algorithms that are taken, by name.
	// Nil means [DefaultSuites]: all that the library supports, but for Ed25519Signature2018,
	// with which nobody should sign today. Whoever keeps badges of 2020 to 2022 adds it.
	Suites []string
}

// ProofPolicy says how many of several proofs must check out.
type ProofPolicy uint8

// The proof policies. The zero value is the strict one.
const (
	// ProofsAll demands that every proof of a supported kind checks out. A bad proof
	// beside a good one means that somebody tampered.
	ProofsAll ProofPolicy = iota
	// ProofsAny is content with one, as the text of Open Badges 3.0 allows (8.1).
	ProofsAny
)

// StatusConfig says whose status lists count, as [status.Options] do. The zero value
// believes the issuer of the credential alone, and keeps nothing.
type StatusConfig struct {
	// TrustedIssuers may sign status lists for the credentials of any issuer, besides
	// the credential's own. Whoever is named here can revoke and hide a revocation.
	TrustedIssuers []string
	// SkipListID believes a list whose id is another than the URL that the entry names
	// where it says that the credential is clear, too. Whoever answers at that URL can
	// then show another list of the same issuer in its place.
	SkipListID bool
	// MinEntries is the fewest entries that a status list must have, 131,072 by
	// default. Some lists in circulation are shorter; accepting them tells their host
	// more about whose credential is looked at.
	MinEntries int
	// MaxListBytes bounds a status list when inflated: 16 MiB by default.
	MaxListBytes int
	// Cache keeps status lists between verifications; nil keeps none.
	Cache status.Cache
}

// SchemasConfig bounds the schemas that credentials bring, as [schema.Options] do. Zero
// has the defaults.
type SchemasConfig struct {
	// MaxBytes bounds a schema with all that it refers to: 256 KiB by default.
	MaxBytes int
	// MaxNodes bounds the values of a schema, and what its references unfold it to:
	// 10,000 by default.
	MaxNodes int
	// MaxSteps bounds the evaluation of all schemas of one credential: 65,536, and one
	// for 32 bytes of the credential, by default.
	MaxSteps int
	// Cache keeps compiled schemas between verifications. Nil is one of the verifier's
	// own; share one where verifiers are many.
	Cache *schema.Cache
}

// NestedConfig says what embedded credentials and endorsements mean for the verdict.
type NestedConfig struct {
	// Policy is what one that does not verify by itself means.
	Policy NestedPolicy
	// ApplyKinds holds what is embedded to Config.Kinds too, at every depth: an entry of a
	// record that is of none of them does not verify, and Policy says what that means for
	// the record. Where an endorsement stands an EndorsementCredential is always taken. False,
	// the default, takes any credential there, since a record may hold what its issuer
	// likes: then ask each one for its type.
	ApplyKinds bool
	// Interchangeable takes records in which several credentials without proofs have
	// one subject under a proof over RDF. The record's signature does not say which of
	// them holds which achievement or result, so whoever holds the record can
	// exchange them.
	Interchangeable bool
}

// NestedPolicy says what embedded credentials and endorsements mean for the
// credential around them. Each is verified by its own proof and has its own
// report in any case.
type NestedPolicy uint8

// The policies. The zero value is NestedRefuseForged.
const (
	// NestedRefuseForged refuses a credential that embeds one whose proof is bad: whoever
	// reads the outer one would read a forgery in it. One that is unsigned, expired,
	// revoked or undecided is reported and is not vouched for by its issuer.
	NestedRefuseForged NestedPolicy = iota
	// NestedRequireAll demands that every embedded credential verifies by itself.
	NestedRequireAll
	// NestedAdvisory only reports. It lets a forged credential stand within a verified
	// one: use [Verified.Embedded], which tells them apart, and no model of the whole.
	NestedAdvisory
)
