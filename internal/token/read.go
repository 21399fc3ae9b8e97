package token

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multikey"
	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// Token is a compact JWS whose header and claims were checked. Its signature was
// not: see [Token.Verify].
type Token struct {
	doc       *vc.Document
	form      Form
	algorithm proof.Algorithm
	kid       string
	name      string // kid as it stands, where it is no URL
	jwk       *proof.Key
	expires   instant
	notBefore instant
	warnings  []*vc.Problem
}

// Form returns the profile that the token follows.
func (t *Token) Form() Form { return t.form }

// Algorithm returns the JWS algorithm of the header.
func (t *Token) Algorithm() proof.Algorithm { return t.algorithm }

// KeyID returns the URL at which the header says the key is published, resolved
// against the issuer where it is relative; "" where the header has only a key.
func (t *Token) KeyID() string { return t.kid }

// KeyName returns what the header calls the key where that is no URL, "" otherwise: a
// name that may be that of the key's JWK in the issuer's document (RFC 7517, 4.5).
func (t *Token) KeyName() string { return t.name }

// HeaderKey returns the key that the header itself holds, nil where it holds
// none. Anybody can put a key there.
func (t *Token) HeaderKey() *proof.Key { return t.jwk }

// Expires returns the instant of exp; ok is false where there is none.
func (t *Token) Expires() (at time.Time, ok bool) { return t.expires.at, t.expires.set }

// NotBefore returns the instant of nbf; ok is false where there is none.
func (t *Token) NotBefore() (at time.Time, ok bool) { return t.notBefore.at, t.notBefore.set }

// Valid returns when the token may be relied on, by its nbf and exp. The dates of
// the credential in it are not part of it.
func (t *Token) Valid() vc.Interval {
	valid := vc.Interval{From: t.notBefore.at}
	if t.expires.set {
		valid = valid.And(vc.Until(t.expires.at))
	}
	return valid
}

// instant is a claim that may be absent; every instant can be meant, the zero
// time too.
type instant struct {
	at  time.Time
	set bool
}

// Warnings returns what is off without being wrong.
func (t *Token) Warnings() []*vc.Problem { return t.warnings }

// Verify checks the signature with key. It says nothing about whose key it is.
// Errors are [*vc.Problem]s.
func (t *Token) Verify(key *proof.Key) error { return CheckSignature(t.doc.Token(), t.algorithm, key) }

// CheckSignature checks the signature of a compact JWS with a key, whoever's that is.
// Errors are [*vc.Problem]s.
func CheckSignature(t *vc.Token, algorithm proof.Algorithm, key *proof.Key) error {
	if !key.Supports(algorithm) {
		return words.Problem(proof.CodeJWTAlgKeyMismatch, "", string(algorithm))
	}
	if err := key.Verify(algorithm, t.SigningInput, t.Signature); err != nil {
		code := proof.CodeSignature
		if errors.Is(err, &proof.Error{Code: proof.CodeInvalidKey}) {
			code = proof.CodeInvalidKey
		}
		p := words.Problem(code, "", "")
		p.Err = err
		return p
	}
	return nil
}

// Read checks the header and the claims of a token. It returns every problem
// found; the token is nil when there is any. A document that does not come from a
// compact JWS, or none, is a problem of [vc.CodeTokenMalformed].
func Read(doc *vc.Document) (*Token, []*vc.Problem) {
	if doc == nil || doc.Token() == nil {
		return nil, []*vc.Problem{words.Problem(vc.CodeTokenMalformed, "", "")}
	}
	r := newReader(doc)
	r.signer = door.Issuer(doc)
	r.mediaType()
	r.readHeader()
	r.readClaims()
	return r.done()
}

type reader struct {
	t                    *Token
	header, claims, root jsonx.Value
	signer               jsonx.Value // the id of who the document says signed it
	problems             []*vc.Problem
}

func newReader(doc *vc.Document) *reader {
	r := &reader{t: &Token{doc: doc}, root: door.Root(doc)}
	r.header, r.claims = door.Token(doc)
	return r
}

func (r *reader) done() (*Token, []*vc.Problem) {
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return r.t, nil
}

// Problems of the header have no pointer into the credential: they name the parameter.
func (r *reader) add(p *vc.Problem) {
	r.problems = append(r.problems, p)
}

func (r *reader) readHeader() {
	for m := r.header.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "alg", "kid", "jwk", "typ":
		case "cty", "iss", "sub", "aud":
			if r.t.form.jose() {
				r.replicated(m)
				continue
			}
			fallthrough
		default:
			r.add(Undefined(m.Name()))
		}
	}
	r.algorithm()
	r.key()
}

func (r *reader) mediaType() {
	typ := r.header.Get("typ")
	name := mediaTypeOf(typ)
	switch {
	case r.t.doc.Form() == vc.FormSDJWT:
		r.t.form = FormSDJWT
	case name == "vc+jwt" || name == "vc+ld+json+jwt" || name == "vc+ld+jwt":
		r.t.form = FormVCJOSE
		r.t.warnings = append(r.t.warnings, words.Problem(proof.CodeJWTMediaType, "", vc.Quote(typ.Text())))
	case r.t.doc.Token().VCClaim() && r.t.doc.Version() == vc.Version20:
		r.t.form = FormVCClaim
		r.add(words.Problem(proof.CodeJWTClaimVersion, door.Root(r.t.doc).Pointer(), ""))
	case r.t.doc.Token().VCClaim():
		r.t.form = FormVCClaim
		r.t.warnings = append(r.t.warnings, words.Problem(proof.CodeJWTOldForm, "", ""))
	}
	switch {
	case r.t.form == FormSDJWT && typ.Exists() && !slices.Contains(disclosing, name):
		p := problem(proof.CodeJWTTypeInvalid, "", typ.Shown(), `"vc+sd-jwt"`)
		p.Message, p.Fix, p.Spec = "typ is not vc+sd-jwt", "sign with typ vc+sd-jwt", specSDJWT
		r.add(p)
	case r.t.form == FormSDJWT:
		r.t.warnings = append(r.t.warnings, words.Problem(proof.CodeJWTMediaType, "", typ.Shown()))
	case typ.Exists() && r.t.form != FormVCJOSE && name != "jwt":
		r.add(words.Problem(proof.CodeJWTTypeInvalid, "", typ.Shown()))
	}
	r.oneCredential()
}

// disclosing are the types of an SD-JWT whose payload is a credential: today's, those of
// the drafts, and that of any token, since a type is recommended and not demanded.
var disclosing = []string{"vc+sd-jwt", "vc+ld+json+sd-jwt", "vc+ld+sd-jwt", "jwt"}

// mediaTypeOf reads a media type of a JOSE header: without regard to case, and
// with application/ understood (RFC 7515, 4.1.9).
func mediaTypeOf(v jsonx.Value) string {
	return strings.TrimPrefix(strings.ToLower(jsonx.Content(v)), "application/")
}

// oneCredential refuses a payload that can be read as one credential by those who
// look at the claims vc and vp, and as another by those who do not.
func (r *reader) oneCredential() {
	switch {
	case r.t.form.jose() && (r.claims.Get("vc").Exists() || r.claims.Get("vp").Exists()):
		r.add(words.Problem(proof.CodeJWTVCClaim, "", ""))
	case r.claims.Get("vp").Exists():
		r.ambiguous("a credential and a claim vp")
	case r.t.form == FormVCClaim && r.hasCredential():
		r.ambiguous("a credential and another in its claim vc")
	}
}

// Members returns the names of the members that make a credential of an object, besides
// those that every object has.
func Members() []string { return members[2:] }

var members = [...]string{"@context", "type", "issuer", "credentialSubject", "validFrom", "validUntil",
	"issuanceDate", "expirationDate", "credentialStatus", "credentialSchema", "proof"}

// hasCredential reports whether the payload has members that make a credential,
// beside its claims.
func (r *reader) hasCredential() bool {
	return slices.ContainsFunc(members[:], func(name string) bool { return r.claims.Get(name).Exists() })
}

func (r *reader) ambiguous(found string) {
	r.add(words.Problem(proof.CodeJWTAmbiguous, "", found))
}

// replicated holds a claim that the header repeats against the claim itself, or
// against the member that the claim stands for (RFC 7519, 5.3). An audience is
// nobody's business here.
func (r *reader) replicated(m jsonx.Value) {
	expected := r.claims.Get(m.Name())
	switch m.Name() {
	case "aud":
		return
	case "cty":
		if name := mediaTypeOf(m); name != r.t.form.content() && name != r.t.form.content()+"+ld+json" {
			r.add(words.Problem(proof.CodeJWTContentType, "", m.Shown()))
		}
		return
	case "iss":
		if !expected.Exists() {
			expected = r.signer
		}
	case "sub":
		if !expected.Exists() {
			expected = r.root.Get("credentialSubject").Single().Get("id")
		}
	}
	if m.Kind() != jsonx.String || expected.Kind() != jsonx.String || m.Text() != expected.Text() {
		r.add(problem(proof.CodeJWTHeaderClaim, "", m.Name()+" "+m.Shown(), vc.Quote(jsonx.Content(expected))))
	}
}

func (r *reader) algorithm() {
	a, p := AlgorithmOf(r.header)
	if p != nil {
		r.add(p)
	}
	r.t.algorithm = a
}

// AlgorithmOf returns the algorithm that a JOSE header names, or why a signature by it is
// not checked.
func AlgorithmOf(header jsonx.Value) (proof.Algorithm, *vc.Problem) {
	alg := header.Get("alg")
	name := jsonx.Content(alg)
	switch a := proof.Algorithm(name); {
	case !alg.Exists():
		return "", words.Problem(proof.CodeJWTAlgMissing, "", "")
	case strings.EqualFold(name, "none"):
		return "", words.Problem(proof.CodeJWTAlgNone, "", vc.Quote(name))
	case a.Known():
		return a, nil
	}
	if e, ok := unsupported.Find(unsupported.Algorithm, name); ok {
		p := notdone.Problem(e, "", name)
		p.Expected = algorithms
		return "", p
	}
	return "", words.Problem(proof.CodeJWTAlgNotAllowed, "", vc.Quote(name))
}

// Undefined returns the problem of a parameter that a header may not have.
func Undefined(parameter string) *vc.Problem {
	return words.Problem(proof.CodeJWTHeaderNotAllowed, "", vc.Quote(parameter))
}

// key finds where the key is: kid, else jwk.
func (r *reader) key() {
	kid, jwk := r.header.Get("kid"), r.header.Get("jwk")
	var kind *multikey.Error
	if jwk.Exists() {
		if err := r.headerKey(jwk); errors.As(err, &kind) && kind.Kind != "" {
			e, _ := unsupported.Find(unsupported.Key, kind.Kind)
			r.add(notdone.Problem(e, "", e.Name))
		} else if err != nil {
			p := words.Problem(proof.CodeJWTKeyMalformed, "", err.Error())
			p.Err = err
			r.add(p)
		}
	}
	switch {
	case kid.Kind() == jsonx.String && kid.Text() != "":
		if r.t.kid = r.resolve(kid.Text()); !isURL(kid.Text()) {
			r.t.name = kid.Text()
		}
	case kid.Exists():
		r.add(words.Problem(proof.CodeJWTHeaderMalformed, "", kid.Kind().String()))
	case !jwk.Exists():
		r.add(words.Problem(proof.CodeJWTKeyMissing, "", ""))
	}
}

// headerKey reads the key that the header holds. What it says of its own end is
// refused: whoever signs writes it, and only the issuer's word on it counts.
func (r *reader) headerKey(jwk jsonx.Value) error {
	for _, name := range [...]string{"expires", "revoked", "exp", "nbf"} {
		if jwk.Get(name).Exists() {
			return fmt.Errorf("a key in a header has no %q", name)
		}
	}
	public, algorithm, err := multikey.PublicKey(multikey.Material{Type: multikey.TypeJSONWebKey, JWK: jwk.Raw()})
	if err != nil {
		return err
	}
	key, err := proof.NewKey(public)
	if err != nil {
		return err
	}
	r.t.jwk = key.Limited(proof.Limits{Algorithm: algorithm})
	return nil
}

// resolve makes a kid absolute: a fragment, or a bare name where there is an
// issuer, belongs to the issuer's document.
func (r *reader) resolve(kid string) string {
	issuer := jsonx.Content(r.signer)
	switch {
	case strings.HasPrefix(kid, "#") && issuer != "":
		return issuer + kid
	case !isURL(kid) && issuer != "":
		return issuer + "#" + (&url.URL{Fragment: kid}).EscapedFragment()
	}
	return kid
}

// isURL reports whether a kid has the scheme of a URL, with which a name has nothing in
// common but, perhaps, a colon.
func isURL(kid string) bool {
	scheme, rest, ok := strings.Cut(kid, ":")
	return ok && rest != "" && isScheme(scheme)
}

func isScheme(s string) bool {
	for i, c := range strings.ToLower(s) {
		if (c < 'a' || c > 'z') && (i == 0 || (c < '0' || c > '9') && !strings.ContainsRune("+-.", c)) {
			return false
		}
	}
	return s != ""
}

// instant reads a NumericDate claim.
func (r *reader) instant(name string) instant {
	v := r.claims.Get(name)
	if !v.Exists() {
		return instant{}
	}
	t, err := vc.NumericDate(v.Text())
	if v.Kind() != jsonx.Number || err != nil {
		r.add(problem(vc.CodeTokenClaim, "", name+" "+v.Shown(), "seconds since 1970 as a number"))
		return instant{}
	}
	return instant{t, true}
}
