package verify

import (
	"context"
	"errors"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Verifier verifies credentials by one Config. It is safe for concurrent use;
// keep one rather than making one for each document.
type Verifier struct {
	config Config
	proofs *dataintegrity.Verifier
}

// New returns a verifier. The error is a contradiction in the Config.
func New(c Config) (*Verifier, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Verifier{config: c, proofs: dataintegrity.NewVerifier(c.proofConfig())}, nil
}

// Verify verifies one credential, see [Verifier.Verify].
func Verify(ctx context.Context, credential []byte, c Config) (*Verified, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.Verify(ctx, credential)
}

// Inspect reports on one credential, see [Verifier.Inspect].
func Inspect(ctx context.Context, credential []byte, c Config) (*Report, error) {
	v, err := New(c)
	if err != nil {
		return nil, err
	}
	return v.Inspect(ctx, credential)
}

// Verify returns the credential if it may be believed. Otherwise the error is an
// [*Error] with the report, a [*vc.Problem] where the bytes are no credential, or
// the error of ctx.
func (v *Verifier) Verify(ctx context.Context, credential []byte) (*Verified, error) {
	doc, err := v.parse(credential)
	if err != nil {
		return nil, err
	}
	report, err := v.inspect(ctx, doc)
	if err != nil {
		return nil, err
	}
	if report.Verdict != IsVerified {
		return nil, &Error{Report: report}
	}
	return &Verified{doc: doc, report: report}, nil
}

// Inspect runs every check that is safe to run and returns the report, whatever
// the verdict. The error is that of ctx.
func (v *Verifier) Inspect(ctx context.Context, credential []byte) (*Report, error) {
	doc, err := v.parse(credential)
	if err != nil {
		return &Report{Verdict: Unreadable, At: v.config.Now(),
			Checks: []Check{{Name: CheckParse, Outcome: Failed, Problems: problemsOf(err, vc.CodeNotACredential)}}}, ctx.Err()
	}
	return v.inspect(ctx, doc)
}

func (v *Verifier) parse(credential []byte) (*vc.Document, error) {
	p := v.config.Parse
	p.Symbols = v.proofs.Symbols()
	return p.Parse(credential)
}

func (v *Verifier) inspect(ctx context.Context, doc *vc.Document) (*Report, error) {
	r := v.newRun()
	report := r.credential(ctx, doc, nested{})
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return report, nil
}

// run is one verification: the state that the credential and what is nested in
// it share, which is the budget of fetches and the documents that answered.
type run struct {
	*Verifier
	fetcher   fetch.Fetcher
	resolver  did.Resolver        // of DIDs; nil until it is needed
	web       controller.Resolver // of https URLs and of keys; set with resolver
	keys      map[string]keyAnswer
	nested    int  // embedded credentials seen
	noStatus  bool // a status list's own status is not asked for
	localKeys bool // a did:key is read as it stands, since nobody else resolves it

	lastMethod string // the did:key that was read last, and its key: records repeat one issuer
	lastLocal  keyAnswer
}

func (v *Verifier) newRun() *run {
	return &run{Verifier: v, fetcher: fetch.Limit(v.config.Fetcher, fetch.NewBudget(v.config.MaxFetches)), localKeys: v.config.Resolver == nil}
}

// resolvers makes the resolvers at first need: a badge by a did:key has none.
func (r *run) resolvers() {
	if r.resolver != nil {
		return
	}
	r.resolver = r.config.Resolver
	if r.resolver == nil {
		r.resolver = newResolver(r.fetcher)
	}
	r.web = controller.Resolver{Fetcher: r.fetcher, DIDs: r.resolver, SameOriginJWK: r.config.SameOriginJWK}
	r.keys = map[string]keyAnswer{}
}

// credential runs the pipeline on one document.
func (r *run) credential(ctx context.Context, doc *vc.Document, in nested) *Report {
	report := &Report{At: r.config.Now(), ID: doc.ID(), IssuerID: doc.IssuerID(), Types: doc.Types(), Form: doc.Form(), Checks: make([]Check, 0, 10)}
	s := &state{run: r, ctx: ctx, doc: doc, in: in, report: report}
	s.add(Check{Name: CheckParse, Outcome: Passed})
	s.contexts()
	s.secured()
	s.schema()
	s.rules()
	s.times()
	if s.authentic {
		s.status()
		s.refresh()
		s.children()
	} else {
		s.withheld()
	}
	s.conclude()
	return report
}

// state is the verification of one document.
type state struct {
	*run
	ctx       context.Context
	doc       *vc.Document
	in        nested
	report    *Report
	token     *vcjwt.Token  // nil unless a token was read
	illegible []*vc.Problem // what readers of JSON would miss
	authentic bool          // proof and binding passed: from here on the document may cause fetches
}

func (s *state) add(c Check) { s.report.Checks = append(s.report.Checks, c) }

// withheld says which checks did not run because the document is not authentic.
func (s *state) withheld() {
	for _, w := range [...]struct {
		name   CheckName
		member string
	}{{CheckStatus, "credentialStatus"}, {CheckRefresh, "refreshService"}} {
		c := Check{Name: w.name, Outcome: NotApplicable}
		if s.doc.Root().Get(w.member).Exists() {
			c = Check{Name: w.name, Outcome: NotRun, Detail: "not asked, because the proof or its key was not accepted", Advisory: true}
		}
		s.add(c)
	}
}

// conclude sums the checks up.
func (s *state) conclude() {
	verdict := IsVerified
	if !s.authentic {
		verdict = UndeterminedVerdict
	}
	for i := range s.report.Checks {
		c := &s.report.Checks[i]
		switch {
		case c.Advisory || c.Outcome == Passed || c.Outcome == NotApplicable:
		case c.Outcome == Failed:
			s.report.Verdict = NotVerified
			return
		case c.Outcome == Undetermined && s.authentic && s.config.accepts(c.Name):
		default:
			verdict = UndeterminedVerdict
		}
	}
	s.report.Verdict = verdict
}

// Verified is a credential that may be believed: authentic, conforming, current.
// It holds its own copy of what was verified and nothing else.
type Verified struct {
	doc    *vc.Document
	report *Report
}

// Report returns how the verdict came about.
func (v *Verified) Report() *Report { return v.report }

// Document returns the parsed document.
func (v *Verified) Document() *vc.Document { return v.doc }

// Credential returns the JSON of the credential: the document itself, or what a
// token carries. It must not be changed.
func (v *Verified) Credential() []byte { return v.doc.Root().Raw() }

// Secured returns the bytes that were verified, proof and all, as they are to be
// stored, served, baked and nested. They must not be changed.
func (v *Verified) Secured() []byte { return v.doc.Bytes() }

// Decode decodes the credential into a typed model, such as
// *ob.AchievementCredential.
func (v *Verified) Decode(into any) error {
	if into == nil {
		return errors.New("verify: Decode into nil")
	}
	return vc.Unmarshal(v.Credential(), into)
}
