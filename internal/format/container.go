package format

import "github.com/laurel-edu/laurel/internal/jsonx"

// holders are the members that services, wallets and protocols hand credentials out in:
// OB 3.0, 7.6.1 (credential, compactJwsString); OID4VCI 1.0, 8.3 (credentials) and its
// drafts; VC-API (verifiableCredential, verifiablePresentation); OID4VP (vp_token).
var holders = map[string]bool{
	"verifiableCredential": true, "verifiableCredentials": true, "verifiable_credential": true, "verifiable_credentials": true,
	"credential": true, "credentials": true, "signedCredential": true, "signed_credential": true,
	"vc": true, "vcs": true, "jwt": true, "vc_jwt": true, "jwt_vc": true, "compactJwsString": true,
	"vp": true, "vp_token": true, "presentation": true, "verifiablePresentation": true, "verifiable_presentation": true,
}

// maxHeld is how deep containers may stand in one another: an answer holds an array of
// objects that hold a credential.
const maxHeld = 4

// found are the credentials that a container holds.
type found struct {
	count       int
	first, last jsonx.Value
	kind        Kind // of the first
	empty       bool // an array for credentials has none
}

// search looks for credentials in an object or array, in the members that are for them.
func search(root jsonx.Value) (f found) {
	if root.Get("@context").Exists() || root.Get("type").Exists() {
		return f // a document of its own
	}
	f.into(root, maxHeld)
	return f
}

func (f *found) into(v jsonx.Value, depth int) {
	for c := v.First(); c.Exists(); c = c.Next() {
		if v.Kind() == jsonx.Object && !holders[c.Name()] {
			continue
		}
		switch k := held(c); {
		case k != Unknown:
			f.add(c, k)
		case depth > 0 && c.First().Exists():
			f.into(c, depth-1)
		case c.Kind() == jsonx.Array:
			f.empty = true
		}
	}
}

func (f *found) add(v jsonx.Value, k Kind) {
	if f.count == 0 {
		f.first, f.kind = v, k
	}
	f.last = v
	f.count++
}

// held tells a credential that stands in a container, as an object or as text.
func held(v jsonx.Value) Kind {
	switch v.Kind() {
	case jsonx.Object:
		switch types := v.Get("type"); {
		case holds(types, "EnvelopedVerifiableCredential"):
			return EnvelopedCredential
		case holds(types, "VerifiablePresentation"), holds(types, "EnvelopedVerifiablePresentation"):
			return Presentation
		}
		if k := older(v); k != Unknown {
			return k
		}
		return serialized(v)
	case jsonx.String:
		switch k := Sniff([]byte(v.Text())); k {
		case Token, BrokenToken, SDJWT, JWE, TokenWrapped, Object, Base64, DataURL:
			return k
		}
	}
	return Unknown
}

// pointer is where the one credential stands, or what holds all of them.
func (f *found) pointer() string {
	v := f.first
	for f.count > 1 && v.Offset()+len(v.Raw()) < f.last.Offset()+len(f.last.Raw()) {
		v = v.Parent()
	}
	return v.Pointer()
}
