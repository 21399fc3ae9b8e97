package ob2

import (
	"bytes"
	"slices"

	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

func contentOf(d *Document, name string) string { return jsonx.Content(d.root.Get(name).Single()) }

func typesOf(d *Document) []string { return jsonx.Texts(d.root.Get("type")) }

// saysHosted and saysSigned tell the way of verification that a document names.
func saysHosted(d *Document) bool { return says(d, "hosted", "HostedBadge") }
func saysSigned(d *Document) bool { return says(d, "signed", "SignedBadge") }

func says(d *Document, names ...string) bool {
	for _, t := range jsonx.Texts(d.root.Get("verification").Single().Get("type")) {
		if slices.Contains(names, t) {
			return true
		}
	}
	return false
}

// critical are the members in which a copy must not differ from what is published.
var critical = [...]string{"type", "recipient", "badge", "issuedOn", "claim", "issuer"}

// hosted takes what the id of a document has in place of what came (Open Badges 2.0, Hosted
// Verification). It returns what came where that cannot be had.
func (r *run) hosted(came *Document, s *step) *Document {
	if came.class == ClassAssertion || came.class == ClassEndorsement {
		if !saysHosted(came) {
			s.fail(problem(CodeVerificationType, "/verification/type", "a badge without a signature", ""))
			return came
		}
	}
	d, warnings, f := r.web.own(string(came.ID()), came.class, false)
	s.Warnings = append(s.Warnings, warnings...)
	if f != nil {
		switch f.problem.Code {
		case vc.Code(fetch.CodeGone):
			f = failed(caused(CodeRevoked, "/id", "", f.problem))
		case vc.Code(fetch.CodeNotFound):
			f = failed(caused(CodeNotHosted, "/id", vc.Quote(string(came.ID())), f.problem))
		}
		s.take(f, "/id")
		return came
	}
	if d.Signed() || d.class != came.class {
		s.fail(problem(CodeVerificationType, "/id", "a token", "the badge as JSON"))
		return came
	}
	for _, name := range critical {
		if a, b := came.root.Get(name), d.root.Get(name); !sameValue(a, b) && !(name == "badge" || name == "issuer") ||
			(name == "badge" || name == "issuer") && idOf(a) != idOf(b) {
			s.fail(problem(CodeCopyDiffers, "/"+name, "", ""))
		}
	}
	if s.passed() && !sameValue(came.root, d.root) {
		s.Warnings = append(s.Warnings, words.Problem(CodeCopyDiffers, "", "").WithSeverity(vc.SeverityWarning))
	}
	s.Detail = "its address has the document"
	return d
}

// idOf is the id of a node that is named or given in full.
func idOf(v jsonx.Value) string {
	if v = v.Single(); v.Kind() == jsonx.Object {
		return jsonx.Content(v.Get("id"))
	}
	return jsonx.Content(v)
}

// sameValue compares two values as JSON: members in any order.
func sameValue(a, b jsonx.Value) bool {
	if !a.Exists() || !b.Exists() {
		return a.Exists() == b.Exists()
	}
	x, err := jcs.Append(nil, a)
	y, fault := jcs.Append(nil, b)
	return err == nil && fault == nil && bytes.Equal(x, y)
}

// links finds the badge class and the issuer, each as it is published.
func (r *run) links(d *Document, s *step) {
	r.parts = append(r.parts, part{"", d.root})
	issuer := d.root.Get("issuer")
	switch d.class {
	case ClassAssertion:
		r.badge.Assertion = new(Assertion)
		if !r.decode(d, r.badge.Assertion, s) || !r.badgeClass(d.root.Get("badge"), s) {
			return
		}
		issuer = jsonx.Value{}
	case ClassBadgeClass:
		r.badge.BadgeClass = new(BadgeClass)
		if !r.decode(d, r.badge.BadgeClass, s) {
			return
		}
	case ClassProfile:
		r.badge.Issuer = new(Profile)
		r.decode(d, r.badge.Issuer, s)
		return
	case ClassEndorsement:
	default:
		return
	}
	id := idOf(issuer)
	if d.class == ClassAssertion {
		id = string(r.badge.BadgeClass.Issuer.Identifier())
	}
	r.issuer(id, s)
}

func (r *run) decode(d *Document, into any, s *step) bool {
	if err := d.Decode(into); err != nil {
		s.fail(caused(CodeMemberMalformed, "", "", err))
		return false
	}
	return true
}

// badgeClass takes what the id of the badge class has. One without an address is what the
// assertion says it is, which is the issuer's word where the assertion is.
func (r *run) badgeClass(v jsonx.Value, s *step) bool {
	v = v.Single()
	r.badge.BadgeClass = new(BadgeClass)
	if id := idOf(v); v.Kind() != jsonx.Object || isWeb(id) {
		d, warnings, f := r.web.own(id, ClassBadgeClass, true)
		s.Warnings = append(s.Warnings, warnings...)
		if f != nil {
			s.take(f, "/badge")
			return false
		}
		r.parts, r.badgeAt = append(r.parts, part{"/badge", d.root}), d.place
		return r.decode(d, r.badge.BadgeClass, s)
	}
	if err := vc.Unmarshal(v.Raw(), r.badge.BadgeClass); err != nil {
		s.fail(caused(CodeMemberMalformed, "/badge", "", err))
		return false
	}
	return true
}

// issuer takes what the id of the issuer has. A profile that somebody else wrote down says
// nothing of the issuer's keys.
func (r *run) issuer(id string, s *step) {
	if !isWeb(id) {
		s.fail(problem(CodeNoIssuer, "/badge", vc.Quote(id), ""))
		return
	}
	r.report.IssuerID = id
	d, warnings, f := r.web.own(id, ClassProfile, true)
	s.Warnings = append(s.Warnings, warnings...)
	if f != nil {
		s.take(f, "/badge")
		return
	}
	r.badge.Issuer = new(Profile)
	if r.decode(d, r.badge.Issuer, s); !isWeb(string(d.ID())) {
		r.badge.Issuer.ID = vc.IRI(id) // what anybody can say that he is says nothing
	}
	pointer := "/issuer"
	if r.badge.Assertion != nil {
		pointer = "/badge/issuer"
	}
	r.issued, r.parts = publisher{r.badge.Issuer, d.place}, append(r.parts, part{pointer, d.root})
	r.report.IssuerID = string(r.badge.Issuer.ID)
}

// scope checks that the place of a hosted document is the issuer's.
func (r *run) scope(d *Document, s *step) {
	switch d.class {
	case ClassAssertion, ClassEndorsement:
		if !r.issued.at(string(d.ID()), d.place, true) {
			s.fail(problem(CodeOutOfScope, "/id", vc.Quote(string(d.ID())), ""))
		}
		r.badgeScope(s)
	case ClassBadgeClass: // nothing was awarded, so that this is no badge yet (Open Badges 2.0, Hosted Verification)
		if !r.issued.at(string(d.ID()), d.place, false) {
			s.Outcome, r.report.IssuerID = verify.OutcomeNotApplicable, ""
			s.Warnings = append(s.Warnings, problem(CodeOutOfScope, "/id", vc.Quote(string(d.ID())), "").WithSeverity(vc.SeverityWarning))
		}
	case ClassProfile:
		s.Detail = "a profile speaks for itself"
	default:
		s.Outcome, s.Detail = verify.OutcomeNotApplicable, "nobody issues such a document"
	}
}

// badgeScope checks that the badge class stands where the issuer publishes.
func (r *run) badgeScope(s *step) {
	if b := r.badge.BadgeClass; b != nil && isWeb(string(b.ID)) && !r.issued.at(string(b.ID), r.badgeAt, false) {
		s.fail(problem(CodeOutOfScope, "/badge", vc.Quote(string(b.ID)), ""))
	}
}

// status asks whether the issuer took the document back.
func (r *run) status(d *Document, authentic bool) {
	s := begin(verify.CheckStatus)
	defer func() { r.add(s) }()
	if d.root.Get("revoked").Kind() == jsonx.True {
		s.fail(problem(CodeRevoked, "/revoked", vc.Quote(contentOf(d, "revocationReason")), ""))
		return
	}
	if !authentic {
		s.Outcome = verify.OutcomeNotRun
		return
	}
	issuer := r.badge.Issuer
	if issuer == nil || issuer.RevocationList.IsZero() || d.class == ClassProfile || d.class == ClassBadgeClass {
		s.Outcome = verify.OutcomeNotApplicable
		return
	}
	list, f := r.revocationList(issuer, s)
	if f != nil {
		s.take(f, "/badge")
		return
	}
	for _, e := range list.RevokedAssertions.Items {
		if revokes(e, string(d.ID()), contentOf(d, "uid")) {
			reason := ""
			if e.Object != nil {
				reason = vc.Quote(e.Object.RevocationReason.String())
			}
			s.fail(problem(CodeRevoked, "/id", reason, ""))
			return
		}
	}
}

func revokes(e vc.Ref[RevokedAssertion], id, uid string) bool {
	return e.Identifier() != "" && string(e.Identifier()) == id || e.Object != nil && e.Object.UID != "" && e.Object.UID == uid
}

// revocationList finds the list of an issuer, which says that it is that issuer's, or stands
// on its host.
func (r *run) revocationList(issuer *Profile, s *step) (*RevocationList, *fault) {
	list := issuer.RevocationList.Object
	if address := string(issuer.RevocationList.Identifier()); list == nil || isWeb(address) {
		d, warnings, f := r.web.own(address, ClassRevocationList, true)
		s.Warnings = append(s.Warnings, warnings...)
		if f != nil {
			return nil, &fault{problem: f.problem, unknown: f.unknown || f.problem.Code == vc.Code(fetch.CodeNotFound)}
		}
		list = new(RevocationList)
		if err := d.Decode(list); err != nil {
			return nil, failed(caused(CodeMemberMalformed, "", "", err))
		}
	}
	switch owner := list.Issuer.Identifier(); {
	case owner != "" && owner != issuer.ID, owner == "" && list.ID != "" && !sameHost(string(list.ID), string(issuer.ID)):
		return nil, failed(problem(CodeRevocationList, "", vc.Quote(string(owner)), vc.Quote(string(issuer.ID))))
	}
	return list, nil
}
