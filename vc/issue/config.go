package issue

import (
	"bytes"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Form is how a credential is secured: the name of a cryptosuite of package
// proof/dataintegrity, such as [dataintegrity.EddsaRdfc2022], or one of the tokens
// below. The zero value is chosen by the key: eddsa-rdfc-2022 for Ed25519,
// ecdsa-rdfc-2019 for P-256 and P-384, [VCJWT] for RSA and P-521.
type Form string

// The tokens: two compact JWS, and one with disclosures behind it.
const (
	VCJWT  Form = "vc-jwt" // the 1EdTech profile (Open Badges 3.0, 8.2)
	VCJOSE Form = "vc+jwt" // VC-JOSE-COSE 1.0, 3.1
	// VCSDJWT is an SD-JWT: what Config.Disclosable names its holder may keep back
	// (VC-JOSE-COSE 1.0, 3.2).
	VCSDJWT Form = "vc+sd-jwt"
	byKey   Form = ""
)

// Config says by whom and how credentials are issued. Signer and VerificationMethod
// are required, so the zero value is an error; the rest has good defaults.
type Config struct {
	// Signer holds the private key, in memory or elsewhere.
	Signer proof.Signer
	// VerificationMethod is the URL under which the issuer publishes the Signer's key:
	// a DID URL or an https URL with a fragment. What stands before # must be the id of
	// the issuer of each credential.
	VerificationMethod string
	// Form is that of the proof, chosen by the key where it is "".
	Form Form
	// Algorithm is for tokens: by default what the key signs with, RS256 for RSA.
	Algorithm proof.Algorithm
	// MandatoryPointers are for the Form ecdsa-sd-2023: what a holder must always show, as
	// in [dataintegrity.SignOptions]. What is issued so has a base proof: it goes to the
	// holder and to nobody else, and no verifier takes it as it is.
	MandatoryPointers []string
	// SkipRequiredPointers makes nothing else mandatory.
	SkipRequiredPointers bool
	// Disclosable is for [VCSDJWT]: JSON Pointers to what the holder may show or keep back,
	// such as /credentialSubject/result. Each must be there in each credential.
	Disclosable []string
	// Decoys is for [VCSDJWT]: how many digests of nothing hide, wherever something is
	// disclosable, how much that is.
	Decoys int
	// Contexts are JSON-LD contexts of one's own, by URL. Whoever verifies needs them
	// too (verify.Config.Contexts).
	Contexts map[string][]byte
	// InlineContexts issues credentials that define terms themselves, in contexts for
	// which it returns true. Verifiers need it too (verify.Config.InlineContexts). Nil
	// issues none.
	InlineContexts func(context []byte) bool
	// Kinds are the types of credential that are issued, by default those of Open Badges
	// and CLR, as verify.Config.Kinds are those that are accepted: [verify.AnyKind] issues
	// others too, such as status lists.
	Kinds []string
	// Fetcher answers for the keys of the credentials that are embedded in one, and for
	// status lists. Nil fetches nothing: what is embedded then counts as undecided, but
	// for did:key and did:jwk.
	Fetcher fetch.Fetcher
	// AllowFindings signs although a verifier would refuse the credential, and lists why
	// in [Issued.Findings]: for test suites, and for reproducing what others issued. Only
	// that the key signed, and is the issuer's, is demanded still. What a cryptosuite
	// cannot sign at all, such as terms that no context defines, stays an error.
	AllowFindings bool
	// InsecureAllowLoopback issues for an issuer at a plain http URL of this machine, for
	// local development. Verifiers take it with verify.Config.InsecureAllowLoopback and
	// nobody else does.
	InsecureAllowLoopback bool
	// Now is the clock, time.Now by default. Proofs say when they were made.
	Now func() time.Time
	// Timeout bounds the issue of one credential with the answer of the Signer, a minute
	// by default, negative for none.
	Timeout time.Duration
}

const defaultTimeout = time.Minute

// withDefaults checks and completes a Config, and makes it independent of its map.
func (c Config) withDefaults() (Config, error) {
	if c.Signer == nil || c.VerificationMethod == "" {
		return c, errors.New("issue: Config needs a Signer and a VerificationMethod")
	}
	if c.Form != byKey && !c.Form.token() && !slices.Contains(dataintegrity.Suites(), string(c.Form)) {
		return c, errors.New("issue: Config.Form is neither a cryptosuite nor a token: " + quote.Text(string(c.Form)))
	}
	if (len(c.MandatoryPointers) > 0 || c.SkipRequiredPointers) && c.Form != dataintegrity.EcdsaSd2023 {
		return c, errors.New("issue: Config.MandatoryPointers are for the Form ecdsa-sd-2023")
	}
	c.MandatoryPointers = slices.Clone(c.MandatoryPointers)
	if loopback.URL(c.VerificationMethod) && !c.InsecureAllowLoopback {
		return c, errors.New("issue: an issuer at a plain http URL is for local development: set Config.InsecureAllowLoopback")
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Form != VCSDJWT && (len(c.Disclosable) > 0 || c.Decoys > 0) {
		return c, errors.New("issue: Config.Disclosable and Decoys are for the form vc+sd-jwt")
	}
	c.Disclosable = slices.Clone(c.Disclosable)
	c.Contexts = maps.Clone(c.Contexts)
	for url, text := range c.Contexts {
		c.Contexts[url] = bytes.Clone(text)
	}
	return c, nil
}

func (f Form) token() bool { return f == VCJWT || f == VCJOSE || f == VCSDJWT }

// chosen is the form for a key.
func (f Form) chosen(key *proof.Key) Form {
	switch {
	case f != byKey:
		return f
	case key.Supports(proof.EdDSA):
		return dataintegrity.EddsaRdfc2022
	case key.Supports(proof.ES256), key.Supports(proof.ES384):
		return dataintegrity.EcdsaRdfc2019
	}
	return VCJWT
}
