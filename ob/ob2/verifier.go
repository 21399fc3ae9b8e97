package ob2

import (
	"context"
	"errors"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// CheckLinks and CheckRecipient are the steps that a badge of Open Badges 2 has besides those
// of package vc/verify. What is called proof there is here that the badge is hosted or
// signed, and binding that its place or its key is the issuer's.
const (
	CheckLinks     verify.CheckName = "links"     // the badge class and the issuer, as they are published
	CheckRecipient verify.CheckName = "recipient" // the badge was awarded to whom it should have been
)

// Verifier checks badges of Open Badges 2. It is safe for concurrent use. Make it with [New].
type Verifier struct{ config Config }

// New makes a Verifier. The error says what of the Config contradicts itself.
func New(c Config) (*Verifier, error) {
	c, err := c.withDefaults()
	if err != nil {
		return nil, err
	}
	return &Verifier{c}, nil
}

// Badge is an assertion with what it links to, as their publishers have them: a hosted
// assertion is not what came, but what its address has.
type Badge struct {
	Assertion  *Assertion
	BadgeClass *BadgeClass
	Issuer     *Profile
}

// Verified is a badge that may be believed.
type Verified struct {
	Badge
	report *verify.Report
}

// Report returns how the verdict came about.
func (v *Verified) Report() *verify.Report { return v.report }

// Verify checks an assertion: JSON, a compact JWS, an image that it is baked into, or, of an
// assertion that is hosted, its address. It returns the badge only where the report says
// verified, else a [*verify.Error] with the report.
func (v *Verifier) Verify(ctx context.Context, b []byte, o Options) (*Verified, error) {
	r := v.run(ctx, b, o)
	switch {
	case r.report.Verdict != verify.VerdictVerified:
		return nil, &verify.Error{Report: r.report, Err: context.Cause(ctx)}
	case r.badge.Assertion == nil || r.badge.BadgeClass == nil || r.badge.Issuer == nil:
		return nil, errors.New("ob2: this is no assertion; ask Inspect about other documents")
	}
	return &Verified{Badge: r.badge, report: r.report}, nil
}

// Inspect is [Verifier.Verify] for whoever shows the report. It takes every document of the
// standard, and says of those that nobody issues no more than that they conform and are what
// their host publishes. A badge class outside the places of its issuer is nothing that this
// issuer vouches for, which the report says in a warning; it has no IssuerID then.
func (v *Verifier) Inspect(ctx context.Context, b []byte, o Options) *verify.Report {
	return v.run(ctx, b, o).report
}

// run is the check of one document.
type run struct {
	config  *Config
	web     *web
	report  *verify.Report
	badge   Badge
	inner   bool   // an endorsement of what is checked
	parts   []part // the documents of the badge, as they are published
	issued  publisher
	badgeAt string // where the badge class lies, "" where that is its id
}

// part is a document of a badge, and where it stands in an assertion that holds it.
type part struct {
	pointer string
	root    jsonx.Value
}

func (v *Verifier) run(ctx context.Context, b []byte, o Options) *run {
	r := &run{config: &v.config, report: &verify.Report{At: v.config.Now()},
		web: &web{ctx: ctx, config: &v.config, left: v.config.MaxRequests, seen: map[string]answer{}, fetched: map[string]fetched{}}}
	d := r.parse(b)
	if d == nil {
		return r
	}
	r.document(d)
	if len(o.Recipients) > 0 && r.badge.Assertion != nil {
		r.add(recipient(r.badge.Assertion, o.Recipients))
	}
	r.conclude()
	return r
}

func (r *run) add(s *step) bool {
	r.report.Checks = append(r.report.Checks, s.Check)
	return s.passed()
}

// parse reads what came, out of an image or from its address where it is one.
func (r *run) parse(b []byte) *Document {
	s := begin(verify.CheckParse)
	defer func() { r.add(s) }()
	fail := func(err error) *Document {
		r.report.Verdict = verify.VerdictUnreadable
		p := vc.ProblemOf(err)
		if p == nil {
			p = caused(CodeNotOpenBadges2, "", "", err)
		}
		if p.Code == CodeContextUnknown {
			r.report.Verdict = verify.VerdictUndetermined
			s.take(unknown(p), "")
			return nil
		}
		s.fail(p.WithSeverity(vc.SeverityError))
		return nil
	}
	address := ""
	if f := bake.Detect(b); f == bake.PNG || f == bake.SVG {
		baked, err := bake.ExtractWith(b, bake.ExtractOptions{Kind: bake.OpenBadge2})
		if err != nil {
			return fail(err)
		}
		s.Warnings = baked.Warnings
		if b = baked.Credential; baked.Content == bake.URL {
			address = baked.HostedURL
		}
	} else if len(b) < 2048 && isWeb(string(b)) {
		address = string(b)
	}
	if address != "" {
		d, more, f := r.web.own(address, ClassAssertion, false)
		if s.Warnings = append(s.Warnings, more...); f != nil {
			r.report.Verdict = verify.VerdictNotVerified
			if f.unknown {
				r.report.Verdict = verify.VerdictUndetermined
			}
			s.take(f, "")
			return nil
		}
		return d
	}
	d, err := Read(b)
	if err != nil {
		return fail(err)
	}
	return d
}

// conclude sums the checks up.
func (r *run) conclude() {
	r.report.Verdict = verify.VerdictVerified
	for i := range r.report.Checks {
		c := &r.report.Checks[i]
		switch {
		case c.Advisory:
		case c.Outcome == verify.OutcomeFailed:
			r.report.Verdict = verify.VerdictNotVerified
			return
		case c.Outcome == verify.OutcomeUndetermined || c.Outcome == verify.OutcomeNotRun:
			r.report.Verdict = verify.VerdictUndetermined
		}
	}
}

// document checks a document that was read.
func (r *run) document(d *Document) {
	r.report.ID, r.report.Types = string(d.ID()), typesOf(d)
	if d.Signed() {
		r.report.Form = vc.FormJWT
	}
	contexts := begin(verify.CheckContexts)
	contexts.Warnings = d.Warnings()
	r.add(contexts)
	if d.Signed() && d.class != ClassAssertion && d.class != ClassEndorsement {
		s := begin(verify.CheckRules)
		s.fail(problem(CodeVerificationType, "", string(d.class)+" as a token", ""))
		r.add(s)
		return
	}
	r.checked(d)
}

// checked runs the steps, in an order in which nothing is asked for that an earlier failure
// makes needless.
func (r *run) checked(came *Document) {
	rules := begin(verify.CheckRules)
	rules.fail(came.Check()...)
	proof, d := begin(verify.CheckProof), came
	if rules.passed() && !came.Signed() {
		d = r.hosted(came, proof)
	}
	if d != came {
		rules.Warnings = nil
		rules.fail(d.Check()...)
	}
	links, binding := begin(CheckLinks), begin(verify.CheckBinding)
	switch ready := rules.passed() && proof.passed(); {
	case !ready:
		links.Outcome, binding.Outcome = verify.OutcomeNotRun, verify.OutcomeNotRun
	default:
		r.links(d, links)
		switch {
		case !links.passed():
			binding.Outcome = verify.OutcomeNotRun
		case d.Signed():
			r.signature(d, proof, binding)
		default:
			r.scope(d, binding)
		}
	}
	if !rules.passed() && proof.passed() {
		proof.Outcome = verify.OutcomeNotRun
	}
	if came.Signed() && !links.passed() {
		proof.Outcome = verify.OutcomeNotRun
	}
	r.add(links)
	r.add(proof)
	r.add(binding)
	r.add(rules)
	r.add(times(d, r.report.At, r.config.Skew))
	authentic := links.passed() && proof.passed() && (binding.passed() || binding.Outcome == verify.OutcomeNotApplicable)
	r.status(d, authentic)
	if authentic && rules.passed() {
		r.extensions()
	}
	reading := begin(verify.CheckReading)
	if reading.Detail = "the JSON itself is what is published or signed"; !proof.passed() {
		reading.Outcome, reading.Detail = verify.OutcomeNotRun, ""
	}
	r.add(reading)
	if !r.inner && authentic && rules.passed() {
		r.endorsements(d)
	}
}

// times checks that the document is in force.
func times(d *Document, at time.Time, skew time.Duration) *step {
	s := begin(verify.CheckTime)
	issued, _, began := instant(contentOf(d, "issuedOn"))
	expires, _, ends := instant(contentOf(d, "expires"))
	if began && issued.After(at.Add(skew)) {
		s.fail(problem(CodeNotYetIssued, "/issuedOn", contentOf(d, "issuedOn"), ""))
	}
	if ends && expires.Before(at.Add(-skew)) {
		s.fail(problem(CodeExpired, "/expires", contentOf(d, "expires"), ""))
	}
	if began && ends && expires.Before(issued) {
		s.fail(problem(CodeEndsBeforeIssued, "/expires", contentOf(d, "expires"), "later than "+contentOf(d, "issuedOn")))
	}
	if !began && !ends {
		s.Outcome = verify.OutcomeNotApplicable
	}
	return s
}
