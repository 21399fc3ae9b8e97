package format

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// Of tells what a JSON object is; Unknown where it is told by nothing, as a credential
// that misses all that makes one.
func Of(root jsonx.Value) Kind {
	switch types := root.Get("type"); {
	case root.Kind() != jsonx.Object:
		return Unknown
	case holds(types, "EnvelopedVerifiableCredential"):
		return EnvelopedCredential
	case holds(types, "EnvelopedVerifiablePresentation"):
		return EnvelopedPresentation
	case holds(types, "VerifiablePresentation"):
		return Presentation
	}
	if k := older(root); k != Unknown {
		return k
	}
	if k := serialized(root); k != Unknown {
		return k
	}
	if hits := search(root); hits.count > 0 || hits.empty {
		return Container
	}
	return Unknown
}

// older tells what another standard has and what a credential is by: one with a mark of
// a credential is one, but for the two standards whose documents are credentials with
// proofs of their own.
func older(root jsonx.Value) Kind {
	context, types := root.Get("@context"), root.Get("type")
	switch {
	case isBlockcerts(root, context, types):
		return Blockcerts
	case holds(types, "EuropeanDigitalCredential") && !root.Get("proof").Exists():
		return Europass
	case isMarked(root):
		return Credential
	}
	for _, tell := range [...]func(root, context, types jsonx.Value) Kind{clr1, openBadges, caseDocument} {
		if k := tell(root, context, types); k != Unknown {
			return k
		}
	}
	if root.Get("issuer").Exists() {
		return Credential
	}
	return Unknown
}

// isMarked reports whether an object has what only a credential has. An issuer is no
// such mark: a BadgeClass has one.
func isMarked(root jsonx.Value) bool {
	for _, name := range [...]string{"credentialSubject", "proof", "credentialStatus"} {
		if root.Get(name).Exists() {
			return true
		}
	}
	return holds(root.Get("type"), "VerifiableCredential")
}

// serialized tells the JSON serializations of JOSE and an offer by their members
// (RFC 7515, 7.2; RFC 7516, 7.2; RFC 9901, 8; OID4VCI 1.0, 4.1.1).
func serialized(root jsonx.Value) Kind {
	has := func(name string) bool { return root.Get(name).Exists() }
	switch {
	case has("@context"):
		return Unknown
	case has("ciphertext") && (has("iv") || has("protected") || has("recipients")):
		return JWEJSON
	case has("payload") && (has("signature") || has("signatures")):
		if root.Get("header").Get("disclosures").Exists() || root.Get("signatures").First().Get("header").Get("disclosures").Exists() {
			return SDJWTJSON
		}
		return JSONJWS
	case has("credential_issuer") && (has("credential_configuration_ids") || has("grants")):
		return CredentialOffer
	}
	return Unknown
}

// OfClaims tells what the payload of a token is that has no claim vc.
func OfClaims(claims jsonx.Value) Kind {
	if claims.Get("vp").Kind() == jsonx.Object && !isMarked(claims) && !claims.Get("@context").Exists() {
		return PresentationToken
	}
	switch k := older(claims); k {
	case OpenBadges2, OpenBadges2Assertion, OpenBadges2BadgeClass, OpenBadges2Profile, OpenBadges11, OpenBadges10, OpenBadges05, CLR1:
		return k
	}
	return Unknown
}

// holds reports whether one or many strings hold a word.
func holds(v jsonx.Value, word string) bool {
	for item := range v.All() {
		if item.Kind() == jsonx.String && item.Text() == word {
			return true
		}
	}
	return false
}

// names reports whether a string of a context has one of the parts in it.
func names(context jsonx.Value, parts ...string) bool {
	for item := range context.All() {
		for _, part := range parts {
			if item.Kind() == jsonx.String && strings.Contains(item.Text(), part) {
				return true
			}
		}
	}
	return false
}
