package embedded

import (
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/notdone"
	"github.com/laurel-edu/laurel/internal/unsupported"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

// ReadOptions are what a verifier demands of a proof besides the signature
// (Data Integrity 1.0, 4.4). The zero value demands the purpose assertionMethod
// and the times of the proof against the present.
type ReadOptions struct {
	Purpose string        // "" for assertionMethod
	At      time.Time     // the instant that times are judged by, zero for the present
	Skew    time.Duration // how far clocks may differ, zero for not at all
	// Takes reports whether a suite is taken. Of a proof of another no more than its suite
	// is read. Nil takes all.
	Takes func(suite string) bool
}

// Proof is an embedded proof taken apart. Nothing in it is believed yet.
type Proof struct {
	value     jsonx.Value
	suite     cryptosuite
	method    string
	signature []byte      // the base signature, where statements have their own
	header    []byte      // of a detached JWS, as it stands
	disclosed *disclosure // what of a document is shown, nil for a proof of the whole
	previous  []jsonx.Value
	expires   time.Time
	odd       bool // it has members besides those of Data Integrity
	warnings  []*vc.Problem
}

// Disclosed reports whether the proof lets its holder show the document in part.
func (p *Proof) Disclosed() bool { return p.disclosed != nil }

// Suite returns the name of the cryptosuite, or of the type of an older proof.
func (p *Proof) Suite() string { return p.suite.about().name }

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

// valueAt is where the signature stands.
func (p *Proof) valueAt() jsonx.Value { return p.value.Get(p.suite.about().valueName()) }

func (p *Proof) valuePointer() string { return p.Pointer() + "/" + p.suite.about().valueName() }

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
		p = words.Problem(proof.CodeProofMalformed, "", "more faults than are told")
	}
	if p.Pointer == "" {
		p.Pointer = r.value.Pointer()
	}
	r.problems = append(r.problems, p)
}

// Read takes one embedded proof apart and checks all of it that needs no
// key: members, type and suite, purpose, domain, challenge and times. It returns
// every problem found; the proof is nil when there is any.
func Read(v jsonx.Value, o ReadOptions) (*Proof, []*vc.Problem) {
	r := &reader{value: v}
	if v.Kind() != jsonx.Object {
		r.add(problem(proof.CodeProofMalformed, "", v.Kind().String(), "an object"))
		return nil, r.problems
	}
	p := &Proof{value: v, suite: r.suite()}
	switch {
	case r.elsewhere: // what members it has is for another document to say
		return nil, r.problems
	case p.suite != nil && o.Takes != nil && !o.Takes(p.Suite()):
		return p, nil
	}
	p.odd = r.names()
	p.method = r.method()
	p.previous = r.previous()
	r.expectations(o)
	p.expires = r.times(o, p.suite)
	if p.suite != nil {
		r.proofValue(p)
		if p.suite.about().obsolete {
			p.warnings = append(p.warnings, words.Problem(proof.CodeObsoleteSuite, v.Pointer()+"/cryptosuite", p.Suite()))
		}
	}
	if len(r.problems) > 0 {
		return nil, r.problems
	}
	return p, nil
}

func (r *reader) proofValue(p *Proof) {
	name := p.suite.about().valueName()
	text := r.text(name, true)
	if text == "" {
		return
	}
	if fault := p.suite.value(text, p); fault != nil {
		if fault.Pointer == "" {
			fault.Pointer = r.value.Pointer() + "/" + name
		}
		r.add(fault)
	}
}

// suite finds the suite by type and cryptosuite together: a proof of one type
// that names the suite of another is refused, not guessed at.
func (r *reader) suite() cryptosuite {
	kind := r.text("type", true)
	name := r.text("cryptosuite", kind == dataIntegrityProof)
	switch {
	case kind == "" || kind == dataIntegrityProof && name == "":
		return nil
	case kind == dataIntegrityProof && isTyped(name), kind != dataIntegrityProof && name != "":
		r.add(words.Problem(proof.CodeSuiteConfusion, "", vc.Quote(kind)+" with "+vc.Quote(name)))
		return nil
	}
	what, unknown := unsupported.Suite, proof.CodeSuiteUnknown
	if kind != dataIntegrityProof {
		name, what, unknown = kind, unsupported.Proof, proof.CodeProofTypeUnknown
	}
	if s := suiteNamed(name); s != nil && s.about().typed == (kind != dataIntegrityProof) {
		return s
	}
	if e, ok := unsupported.Find(what, name); ok {
		r.elsewhere = true
		p := notdone.Problem(e, "", name)
		p.Expected = strings.Join(Suites(), ", ")
		r.add(p)
		return nil
	}
	r.add(words.Problem(unknown, "", vc.Quote(name)))
	return nil
}

func isTyped(name string) bool {
	s := suiteNamed(name)
	return s != nil && s.about().typed
}

func (r *reader) method() string {
	method := r.text("verificationMethod", true)
	if method == "" {
		return ""
	}
	if !isURL(method) {
		r.add(words.Problem(proof.CodeMethodURL, r.value.Pointer()+"/verificationMethod", vc.Quote(method)))
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
		if (c < 'a' || c > 'z') && (i == 0 || !(scheme[i] >= '0' && scheme[i] <= '9' || strings.IndexByte("+-.", scheme[i]) >= 0)) {
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
		r.add(problem(proof.CodeProofPurpose, r.value.Pointer()+"/proofPurpose", vc.Quote(got), vc.Quote(want)))
	}
}

// times checks created and expires. Their text is hashed as it stands, so it is
// only read here, never written again. It returns when the proof ends.
func (r *reader) times(o ReadOptions, s cryptosuite) (expires time.Time) {
	now := o.At
	if now.IsZero() {
		now = time.Now()
	}
	if created, ok := r.time("created", proof.CodeProofCreated, s != nil && s.about().created); ok && created.After(now.Add(o.Skew)) {
		r.add(problem(proof.CodeProofCreatedFuture, r.value.Pointer()+"/created",
			created.Format(time.RFC3339), "not after "+now.Format(time.RFC3339)))
	}
	expires, ok := r.time("expires", proof.CodeProofExpires, false)
	if ok && vc.Until(expires).Ended(now, o.Skew) {
		r.add(problem(proof.CodeProofExpired, r.value.Pointer()+"/expires",
			expires.Format(time.RFC3339), "after "+now.Format(time.RFC3339)))
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
		p := words.Problem(code, r.value.Pointer()+"/"+name, vc.Quote(text))
		p.Err = err
		r.add(p)
		return time.Time{}, false
	}
	return t, true
}
