package embedded

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/multibase"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// ReadOptions are what a verifier demands of a proof besides the signature
// (Data Integrity 1.0, 4.4). The zero value demands the purpose assertionMethod
// and the times of the proof against the present.
type ReadOptions struct {
	Purpose   string        // "" for assertionMethod
	Domain    []string      // the set that the proof must name, nil to ask for none
	Challenge string        // the value that the proof must carry, "" to ask for none
	At        time.Time     // the instant that times are judged by, zero for the present
	Skew      time.Duration // how far clocks may differ, zero for not at all
}

// Proof is an embedded proof taken apart. Nothing in it is believed yet.
type Proof struct {
	value     jsonx.Value
	suite     *suite
	method    string
	signature []byte
	previous  []jsonx.Value
	expires   time.Time
	odd       bool // it has members besides those of Data Integrity
	warnings  []*vc.Problem
}

// Suite returns the name of the cryptosuite, or of the type of an older proof.
func (p *Proof) Suite() string { return p.suite.name }

// VerificationMethod returns the URL of the key that the proof says made it.
func (p *Proof) VerificationMethod() string { return p.method }

// Signature returns the decoded proof value. It must not be changed.
func (p *Proof) Signature() []byte { return p.signature }

// ID returns the proof's id, "" where it has none.
func (p *Proof) ID() string { return idOf(p.value) }

// Previous returns the ids of the proofs that this one was made upon, nil where it
// stands alone. No id stands there twice.
func (p *Proof) Previous() []string {
	var ids []string
	for _, ref := range p.previous {
		ids = append(ids, ref.Text())
	}
	return ids
}

// Valid returns the interval in which the proof may be relied on: until expires. It
// has no beginning, since created only says when it was made.
func (p *Proof) Valid() vc.Interval { return vc.Interval{Until: p.expires} }

// Warnings returns what is off without being wrong, such as an obsolete suite.
func (p *Proof) Warnings() []*vc.Problem { return p.warnings }

// Pointer returns where the proof stands in the document.
func (p *Proof) Pointer() string { return p.value.Pointer() }

// reader collects the problems of one proof, so that all are told at once.
type reader struct {
	value     jsonx.Value
	elsewhere bool // a kind of proof that somebody defined, and that is not done here
	problems  []*vc.Problem
}

// mostFaults bounds what is told of one proof; one fault refuses it.
const mostFaults = 32

func (r *reader) add(p *vc.Problem) {
	if len(r.problems) == mostFaults {
		return
	}
	if len(r.problems) == mostFaults-1 {
		p = &vc.Problem{Code: proof.CodeProofMalformed, Message: "more is wrong with the proof than is told here", Spec: "Data Integrity 1.0, 2.1"}
	}
	if p.Pointer == "" {
		p.Pointer = r.value.Pointer()
	}
	if p.Type == "" {
		p.Type = vc.TypeProofVerification
	}
	r.problems = append(r.problems, p)
}

// Read takes one embedded proof apart and checks all of it that needs no
// key: members, type and suite, purpose, domain, challenge and times. It returns
// every problem found; the proof is nil when there is any.
func Read(v jsonx.Value, o ReadOptions) (*Proof, []*vc.Problem) {
	r := &reader{value: v}
	if v.Kind() != jsonx.Object {
		r.add(&vc.Problem{Code: proof.CodeProofMalformed, Message: "a proof is an object", Found: v.Kind().String(), Spec: "Data Integrity 1.0, 2.1"})
		return nil, r.problems
	}
	p := &Proof{value: v, suite: r.suite()}
	if r.elsewhere { // what members it has is for another document to say
		return nil, r.problems
	}
	p.odd = r.names()
	p.method = r.method()
	p.previous = r.previous()
	r.expectations(o)
	p.expires = r.times(o, p.suite)
	if p.suite != nil {
		p.signature = r.signature()
		if p.suite.obsolete {
			p.warnings = append(p.warnings, &vc.Problem{Code: proof.CodeObsoleteSuite, Pointer: v.Pointer() + "/cryptosuite", Message: p.suite.name + " is the earlier name of eddsa-rdfc-2022",
				Found: p.suite.name, Expected: eddsaRdfc2022, Fix: "issue with eddsa-rdfc-2022", Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.2"})
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return p, nil
}

// suite finds the suite by type and cryptosuite together: a proof of one type
// that names the suite of another is refused, not guessed at.
func (r *reader) suite() *suite {
	kind := r.text("type", true)
	name := r.text("cryptosuite", kind == dataIntegrityProof)
	switch {
	case kind == "" || kind == dataIntegrityProof && name == "":
		return nil
	case kind == dataIntegrityProof && name == ed25519Signature2020, kind != dataIntegrityProof && name != "":
		r.add(&vc.Problem{Code: proof.CodeSuiteConfusion, Message: "the proof's type and cryptosuite contradict each other",
			Found: vc.Quote(kind) + " with " + vc.Quote(name), Fix: "sign again; one of the two was changed or written by hand", Spec: "Data Integrity 1.0, 2.1"})
		return nil
	}
	what, unknown := unsupported.Suite, proof.CodeSuiteUnknown
	if kind != dataIntegrityProof {
		name, what, unknown = kind, unsupported.Proof, proof.CodeProofTypeUnknown
	}
	if s := suiteNamed(name); s != nil && (kind == dataIntegrityProof || name == ed25519Signature2020) {
		return s
	}
	if e, ok := unsupported.Find(what, name); ok {
		r.elsewhere = true
		r.add(&vc.Problem{Code: vc.Code(e.Code()), Message: e.Message(), Found: vc.Quote(name), Expected: strings.Join(Suites(), ", "),
			Fix: "add a proof of a supported cryptosuite beside it", Spec: e.Spec})
		return nil
	}
	r.add(&vc.Problem{Code: unknown, Message: "nobody defined this kind of proof, as far as this library knows",
		Found: vc.Quote(name), Expected: strings.Join(Suites(), ", "), Fix: "look for a misspelling; sign with " + eddsaRdfc2022, Spec: "Data Integrity 1.0, 3.1"})
	return nil
}

func (r *reader) method() string {
	method := r.text("verificationMethod", true)
	if method == "" {
		return ""
	}
	if !isURL(method) {
		r.add(&vc.Problem{Code: proof.CodeMethodURL, Type: vc.TypeInvalidMethodURL, Pointer: r.value.Pointer() + "/verificationMethod", Message: "the verification method is not a URL",
			Found: vc.Quote(method), Expected: "a DID URL or an https URL", Fix: "name the key by its full URL, such as did:key:z6Mk…#z6Mk…", Spec: "Controlled Identifiers 1.0, 3.3"})
		return ""
	}
	return method
}

// isURL reports whether s has a scheme, something behind it, and no character
// that a URL cannot have. Whether it leads anywhere is found out later.
func isURL(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || scheme == "" || strings.Trim(rest, "/") == "" {
		return false
	}
	for i := 0; i < len(scheme); i++ {
		c := scheme[i] | 0x20
		if (c < 'a' || c > 'z') && (i == 0 || !(scheme[i] >= '0' && scheme[i] <= '9' || scheme[i] == '+' || scheme[i] == '-' || scheme[i] == '.')) {
			return false
		}
	}
	for i := 0; i < len(rest); i++ {
		if c := rest[i]; c <= ' ' || c == 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			return false
		}
	}
	return true
}

func (r *reader) expectations(o ReadOptions) {
	want := o.Purpose
	if want == "" {
		want = "assertionMethod"
	}
	if got := r.text("proofPurpose", true); got != "" && got != want {
		r.add(&vc.Problem{Code: proof.CodeProofPurpose, Pointer: r.value.Pointer() + "/proofPurpose", Message: "the proof was made for another purpose",
			Found: vc.Quote(got), Expected: vc.Quote(want), Fix: "sign the credential with the purpose " + want, Spec: "Data Integrity 1.0, 4.4; OB 3.0, 8.3"})
	}
	if o.Challenge != "" && jsonx.Content(r.value.Get("challenge").Single()) != o.Challenge {
		r.add(&vc.Problem{Code: proof.CodeProofChallenge, Type: vc.TypeInvalidChallenge, Pointer: r.value.Pointer() + "/challenge", Message: "the proof does not answer this challenge",
			Fix: "sign again with the challenge of this exchange", Spec: "Data Integrity 1.0, 4.4"})
	}
	if o.Domain != nil && !sameSet(r.value.Get("domain"), o.Domain) {
		r.add(&vc.Problem{Code: proof.CodeProofDomain, Type: vc.TypeInvalidDomain, Pointer: r.value.Pointer() + "/domain", Message: "the proof was made for another domain",
			Expected: strings.Join(o.Domain, ", "), Fix: "sign again for this domain", Spec: "Data Integrity 1.0, 4.4"})
	}
}

// sameSet compares domain as a set: a string is a set of one.
func sameSet(v jsonx.Value, want []string) bool {
	var got []string
	for _, item := range v.Items() {
		if item.Kind() != jsonx.String {
			return false
		}
		got = append(got, item.Text())
	}
	slices.Sort(got)
	want = slices.Sorted(slices.Values(want))
	return slices.Equal(slices.Compact(got), slices.Compact(want))
}

// times checks created and expires. Their text is hashed as it stands, so it is
// only read here, never written again. It returns when the proof ends.
func (r *reader) times(o ReadOptions, s *suite) (expires time.Time) {
	now := o.At
	if now.IsZero() {
		now = time.Now()
	}
	if created, ok := r.time("created", proof.CodeProofCreated, s != nil && s.created); ok && created.After(now.Add(o.Skew)) {
		r.add(&vc.Problem{Code: proof.CodeProofCreatedFuture, Pointer: r.value.Pointer() + "/created", Message: "the proof says it was made in the future",
			Found: created.Format(time.RFC3339), Expected: "not after " + now.Format(time.RFC3339), Fix: "check the clock of the signer and of this machine", Spec: "Data Integrity 1.0, 4.4"})
	}
	expires, ok := r.time("expires", proof.CodeProofExpires, false)
	if ok && vc.Until(expires).Ended(now, o.Skew) {
		r.add(&vc.Problem{Code: proof.CodeProofExpired, Pointer: r.value.Pointer() + "/expires", Message: "the proof has expired, whatever the credential's own dates say",
			Found: expires.Format(time.RFC3339), Expected: "after " + now.Format(time.RFC3339), Fix: "ask the issuer to sign again", Spec: "Data Integrity 1.0, 4.4"})
	}
	return expires
}

func (r *reader) time(name string, code vc.Code, required bool) (time.Time, bool) {
	text := r.text(name, required)
	if text == "" {
		return time.Time{}, false
	}
	t, err := vc.ParseTime(text)
	if err != nil {
		r.add(&vc.Problem{Code: code, Pointer: r.value.Pointer() + "/" + name, Message: "the proof's " + name + " is no dateTime",
			Found: vc.Quote(text), Expected: "such as 2026-01-01T00:00:00Z", Fix: "write " + name + " as an XML Schema dateTime", Spec: "Data Integrity 1.0, 2.1", Err: err})
		return time.Time{}, false
	}
	return t, true
}

// maxSignature bounds the text of a proof value: P-384 needs 132 characters.
const maxSignature = 256

func (r *reader) signature() []byte {
	text := r.text("proofValue", true)
	if text == "" {
		return nil
	}
	fail := func(detail string) []byte {
		r.add(&vc.Problem{Code: proof.CodeProofValue, Pointer: r.value.Pointer() + "/proofValue", Message: "the proof value cannot be read: " + detail,
			Expected: "z and the signature in base58btc", Fix: "take the credential again from its source; the text was cut or changed", Spec: "Data Integrity EdDSA Cryptosuites 1.0, 3.2"})
		return nil
	}
	if text[0] != 'z' {
		return fail("it does not begin with z")
	}
	if len(text) > maxSignature {
		return fail(fmt.Sprintf("it has %d characters", len(text)))
	}
	sig, err := multibase.AppendDecode(make([]byte, 0, maxSignature), text)
	if err != nil {
		return fail("it is not base58btc")
	}
	if len(sig) != 64 && len(sig) != 96 {
		return fail(fmt.Sprintf("it holds %d bytes, a signature has 64 or, for P-384, 96", len(sig)))
	}
	return sig
}
