package present

import (
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Form is how a presentation is secured: the name of a cryptosuite of package
// proof/dataintegrity, or [VPJOSE]. The zero value is chosen by the key: eddsa-rdfc-2022
// for Ed25519, ecdsa-rdfc-2019 for P-256 and P-384, VPJOSE for the others.
type Form string

// VPJOSE is a compact JWS of VC-JOSE-COSE 1.0, 3.1.2. It takes what no suite over RDF signs,
// such as a credential with terms that no context defines.
const VPJOSE Form = "vp+jwt"

// Config says who presents, and how. Signer and VerificationMethod are required, so the
// zero value is an error.
type Config struct {
	// Signer holds the holder's private key, in memory or elsewhere.
	Signer proof.Signer
	// VerificationMethod is the URL under which the holder publishes the Signer's key, for
	// authentication: a DID URL or an https URL with a fragment. That it is so listed is taken
	// as said, but for did:key and did:jwk, which say it themselves.
	VerificationMethod string
	// Holder is the holder's id, by default what stands before # in VerificationMethod. It can
	// be nothing else, since a verifier takes no other key for the holder's.
	Holder string
	// Form is that of the proof, chosen by the key where it is "".
	Form Form
	// Contexts are JSON-LD contexts, by URL, that credentials use and that are not part of the
	// program. Whoever verifies needs them too (verify.Config.Contexts).
	Contexts map[string][]byte
	// Fetcher answers for the keys of the credentials' issuers. Nil fetches nothing: whether a
	// credential is good is then for the verifier to find out, but for did:key and did:jwk.
	Fetcher fetch.Fetcher
	// Now is the clock, time.Now by default.
	Now func() time.Time
	// Timeout bounds one presentation with the answer of the Signer, a minute by default,
	// negative for none.
	Timeout time.Duration
}

// Options say what one presentation answers. The zero value is an error, see Challenge.
type Options struct {
	// Challenge is what the verifier gave out. Without one, whoever gets the presentation
	// can show it to others in the holder's name, so it is required.
	Challenge string
	// Domain is the verifier's name. It keeps the verifier from showing the presentation to
	// another who gave out the same challenge. Some flows have none.
	Domain string
	// InsecureNoChallenge signs without a Challenge, for verifiers that give out none.
	InsecureNoChallenge bool
	// Lifetime is after what time the proof ends. Zero writes no end.
	Lifetime time.Duration
	// ID is that of the presentation. Empty writes none.
	ID string
}

const defaultTimeout = time.Minute

func (c Config) withDefaults() (Config, error) {
	if c.Signer == nil || c.VerificationMethod == "" {
		return c, errors.New("present: Config needs a Signer and a VerificationMethod")
	}
	controller, fragment, _ := strings.Cut(c.VerificationMethod, "#")
	if c.Holder == "" {
		c.Holder = controller
	}
	switch {
	case fragment == "":
		return c, errors.New("present: Config.VerificationMethod has no fragment, so it names no key")
	case c.Holder != controller:
		return c, errors.New("present: Config.VerificationMethod is not the Holder's, so no verifier would accept the presentation")
	case c.Form != "" && c.Form != VPJOSE && !slices.Contains(dataintegrity.Suites(), string(c.Form)):
		return c, errors.New("present: Config.Form is neither a cryptosuite nor vp+jwt: " + quote.Text(string(c.Form)))
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	return c, nil
}

// chosen is the form for a key.
func (f Form) chosen(key *proof.Key) Form {
	switch {
	case f != "":
		return f
	case key.Supports(proof.EdDSA):
		return dataintegrity.EddsaRdfc2022
	case key.Supports(proof.ES256), key.Supports(proof.ES384):
		return dataintegrity.EcdsaRdfc2019
	}
	return VPJOSE
}

func (o *Options) check() error {
	switch {
	case o.Challenge == "" && o.Domain != "":
		return errors.New("present: Options has a Domain without a Challenge: the verifier could be shown the presentation again and again")
	case o.Challenge == "" && !o.InsecureNoChallenge:
		return errors.New("present: Options needs the Challenge that the verifier gave out")
	case o.Challenge != "" && o.InsecureNoChallenge:
		return errors.New("present: Options has InsecureNoChallenge beside a Challenge")
	case o.Lifetime < 0:
		return errors.New("present: Options.Lifetime is negative")
	}
	return nil
}
