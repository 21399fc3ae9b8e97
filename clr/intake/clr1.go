package intake

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// older reads a document of CLR 1.0: a record, or a set of records, as JSON or as a token.
// Each assertion is an entry, written in the model of Open Badges 3.0. What is signed is
// signed as a whole, by a key that the publisher's profile lists (CLR 1.0, Signed
// Verification), or is what its address has (Hosted Verification): where neither can be
// found out nobody can be held to it, and the reading says so.
func (b *batch) older(ctx context.Context, p part) result {
	at, err := momentOf(b.config.Verify.Now)
	if err != nil {
		return result{err: err}
	}
	c := &clr1{batch: b, ctx: ctx, member: p.member, at: at, profiles: map[string]publisher{}, left: clr1Requests, outer: nobody}
	out := result{member: p.member, kind: KindOther, warnings: p.warnings}
	doc, err := c.parse(p.bytes)
	if err != nil {
		out.root.Report = b.unreadable(vc.ProblemOf(err)).Envelope.Report
		return out
	}
	if root := (older{door.Root(doc)}); isSet(root) {
		out.root = c.set(root)
	} else {
		out.root = c.record(doc)
	}
	out.entries, out.records = c.entries, c.records
	return out
}

// olderWithin reads the records of CLR 1.0 that a credential is about, as the wallets of their
// time sent them. What is not signed there is the word of whoever signed the credential.
func (b *batch) olderWithin(ctx context.Context, member string, root verify.Embedded, outer basis) ([]*Entry, []record) {
	subject := older{door.Root(root.Document()).Get("credentialSubject").Single()}
	at, err := momentOf(b.config.Verify.Now)
	if err != nil || !isSet(subject) && !door.HasType(subject.Value, "Clr") {
		return nil, nil
	}
	c := &clr1{batch: b, ctx: ctx, member: member, at: at, profiles: map[string]publisher{}, left: clr1Requests, outer: outer,
		base: "/credentialSubject"}
	var whole *verify.Report
	if isSet(subject) {
		whole = c.set(subject).Report
	} else {
		c.inner(subject, nil, c.base)
		whole = c.entries[0].Report()
		c.whole(whole)
	}
	r := root.Report
	for i := range whole.Checks {
		if check := &whole.Checks[i]; check.Name == verify.CheckParse || check.Name == verify.CheckNested {
			r.Checks[0].Warnings = append(append(r.Checks[0].Warnings, check.Warnings...), asWarnings(check.Problems)...)
		}
	}
	return c.entries, c.records
}

func asWarnings(problems []*vc.Problem) (all []*vc.Problem) {
	for _, p := range problems {
		w := *p
		w.Severity = vc.SeverityWarning
		all = append(all, &w)
	}
	return all
}

// nobody is what an upload gives to what is in it, by itself.
var nobody = basis{standing: StandingNobody}

// isCLR1 reports whether what could not be parsed is a document of CLR 1.0.
func isCLR1(r *verify.Report) bool {
	return r != nil && slices.Contains(r.Codes(), codeCLR1)
}

func isSet(v older) bool {
	return door.HasType(v.Value, "ClrSet") || v.Get("clrs").Exists() || v.Get("signedClrs").Exists()
}

const (
	clr1Requests   = 8      // of a document: the profiles of publishers, a hosted copy, revocation lists
	clr1Assertions = 10_000 // and endorsements: as many as embedded credentials of a record of 2.0
)

// clr1 is a document of CLR 1.0 under way.
type clr1 struct {
	*batch
	member   string
	ctx      context.Context
	at       time.Time
	outer    basis  // what stands for what is unsigned
	base     string // where the document stands
	profiles map[string]publisher
	left     int
	entries  []*Entry
	records  []record
	cut      bool // there are more assertions than are read
}

// parse reads JSON or a token that is of CLR 1.0.
func (c *clr1) parse(text []byte) (*vc.Document, error) {
	return door.Taking(c.config.Verify.Limits.Parse, format.OtherCLR1).Parse(text)
}

// set reads a set of records. It is a way of sending: each record in it is by itself.
func (c *clr1) set(set older) verify.Embedded {
	report := c.report(set, set)
	report.Verdict = verify.VerdictUndetermined
	for i, record := range set.objects("clrs") {
		c.inner(record, nil, c.base+"/clrs/"+strconv.Itoa(i))
	}
	for i, text := range jsonx.Texts(set.Get("signedClrs")) {
		pointer := c.base + "/signedClrs/" + strconv.Itoa(i)
		doc, err := c.parse([]byte(text))
		if err != nil {
			fail(report, verify.CheckNested, clr1Problem(CodeCLR1Token, pointer, err))
			continue
		}
		c.inner(older{door.Root(doc)}, doc, pointer)
	}
	c.whole(report)
	return verify.Embedded{Nested: verify.Nested{Report: report}}
}

// inner reads a record of a set, which is an entry with its assertions below it.
func (c *clr1) inner(record older, token *vc.Document, pointer string) {
	at := len(c.entries)
	c.entries = append(c.entries, nil)
	base := pointer
	if token != nil {
		base = ""
	}
	one := c.judge(record, token, base, pointer)
	e := &Entry{Member: c.member, Pointer: pointer, Kind: KindRecord, ID: one.Report.ID, Issuer: one.Report.IssuerID,
		Verdict: one.Report.Verdict, found: one}
	e.stand(c.outer)
	c.entries[at] = e
	c.tellOne(e)
}

// record reads the record that the document is.
func (c *clr1) record(doc *vc.Document) verify.Embedded {
	token := doc
	if doc.Token() == nil {
		token = nil
	}
	one := c.judge(older{door.Root(doc)}, token, "", "")
	c.whole(one.Report)
	if one.Proof == verify.ProofNone {
		one.Proof, one.Report.Verdict = verify.ProofUndecided, verify.VerdictUndetermined
	}
	return one
}

// whole says of the document itself that it is of an older standard, and whether it was read
// to its end.
func (c *clr1) whole(r *verify.Report) {
	r.Checks[0].Warnings = append(r.Checks[0].Warnings, clr1Words.Problem(codeCLR1, "", ""))
	if c.cut {
		fail(r, verify.CheckNested, clr1Words.Problem(CodeCLR1TooMany, "", ""))
	}
}

// judge verifies a record and reads its assertions: base is where it stands in what pointers
// count from, parent the entry that it is.
func (c *clr1) judge(record older, token *vc.Document, base, parent string) verify.Embedded {
	publisher := record.of("publisher")
	report := c.report(record, publisher)
	state := c.proof(report, record, publisher, token)
	c.required(report, record, "id", "issuedOn", "learner", "publisher")
	c.times(report, record)
	c.status(report, record, publisher, state)
	conclude(report)
	around := c.outer
	switch state {
	case verify.ProofGood:
		around = basis{StandingRecordSameIssuer, report.IssuerID, validityOf(report)}
	case verify.ProofUndecided:
		around = basis{standing: StandingNotChecked}
	case verify.ProofBad:
		around = nobody
	}
	at := len(c.entries)
	for i, assertion := range record.objects("assertions") {
		c.assertion(assertion, record, nil, base+"/assertions/"+strconv.Itoa(i), parent, around)
	}
	for i, text := range jsonx.Texts(record.Get("signedAssertions")) {
		pointer := base + "/signedAssertions/" + strconv.Itoa(i)
		doc, err := c.parseAssertion([]byte(text))
		if err != nil {
			fail(report, verify.CheckNested, clr1Problem(CodeCLR1Token, pointer, err))
			continue
		}
		c.assertion(older{door.Root(doc)}, record, doc, pointer, parent, basis{})
	}
	c.graph(record, report, c.entries[at:], parent, around)
	return verify.Embedded{Nested: verify.Nested{Proof: state, Report: report}}
}

// parseAssertion reads a token whose payload is an assertion, which has no mark of any
// standard.
func (c *clr1) parseAssertion(text []byte) (*vc.Document, error) {
	return door.Taking(c.config.Verify.Limits.Parse, format.OtherOfAny).Parse(text)
}

// full reports whether no more entries are read, and notes that something was left.
func (c *clr1) full() bool {
	full := len(c.entries) >= clr1Assertions || c.ctx.Err() != nil
	c.cut = c.cut || full
	return full
}

// assertion makes an entry of one.
func (c *clr1) assertion(v, record older, token *vc.Document, pointer, parent string, around basis) {
	if c.full() {
		return
	}
	badge := olderBadge(v, record)
	issuer := v.of("achievement").of("issuer")
	if issuer.Kind() != jsonx.Object {
		issuer = record.of("publisher")
	}
	one := c.modelled(badge)
	one.Pointer, one.Report, one.Proof = pointer, c.report(v, issuer), verify.ProofNone
	if token != nil {
		one.Proof = c.proof(one.Report, v, issuer, token)
	} else {
		add(one.Report, verify.CheckProof, verify.OutcomeFailed, clr1Words.Problem(proof.CodeNoProof, pointer, ""))
	}
	c.times(one.Report, v)
	c.status(one.Report, v, issuer, one.Proof)
	conclude(one.Report)
	e := newEntry(c.member, one)
	e.Kind, e.Parent = KindBadge, parent
	e.ID, e.Issuer, e.Verdict = one.Report.ID, one.Report.IssuerID, one.Report.Verdict
	if doc := one.Document(); doc != nil {
		e.Subject = partyOf(doc).is(learnerOf(record, c.options.Holder))
	}
	if e.stand(around); one.Proof == verify.ProofNone && e.Standing == StandingRecordSameIssuer {
		e.Validity = both(around.validity, validityOf(one.Report))
	}
	c.entries = append(c.entries, e)
	c.tellOne(e)
	switch one.Proof {
	case verify.ProofGood:
		around = basis{StandingRecordSameIssuer, e.Issuer, e.Validity}
	case verify.ProofBad:
		around = nobody
	case verify.ProofUndecided:
		around = basis{standing: StandingNotChecked}
	}
	c.endorsements(v, e, pointer, around)
	c.endorsements(v.of("achievement"), e, pointer+"/achievement", around)
}

// endorsements makes entries of what others say for an assertion, or for its achievement.
func (c *clr1) endorsements(v older, on *Entry, base string, around basis) {
	for i, said := range v.objects("endorsements") {
		c.endorsement(said, nil, on, base+"/endorsements/"+strconv.Itoa(i), around)
	}
	for i, text := range jsonx.Texts(v.Get("signedEndorsements")) {
		pointer := base + "/signedEndorsements/" + strconv.Itoa(i)
		doc, err := c.parseAssertion([]byte(text))
		if err != nil {
			parse := &on.found.Report.Checks[0]
			parse.Warnings = append(parse.Warnings, asWarnings([]*vc.Problem{clr1Problem(CodeCLR1Token, pointer, err)})...)
			continue
		}
		c.endorsement(older{door.Root(doc)}, doc, on, pointer, basis{})
	}
}

// endorsement makes an entry of one.
func (c *clr1) endorsement(v older, token *vc.Document, on *Entry, pointer string, around basis) {
	if c.full() {
		return
	}
	issuer := v.of("issuer")
	one := c.modelled(olderEndorsement(v))
	one.Pointer, one.Report = pointer, c.report(v, issuer)
	one.Proof = c.proof(one.Report, v, issuer, token)
	c.times(one.Report, v)
	c.status(one.Report, v, issuer, one.Proof)
	conclude(one.Report)
	e := newEntry(c.member, one)
	e.Kind, e.Parent, e.on = KindEndorsement, on.Pointer, on
	e.ID, e.Issuer, e.Verdict = one.Report.ID, one.Report.IssuerID, one.Report.Verdict
	if e.Flags = nil; e.Issuer != "" && e.Issuer == on.Issuer {
		e.Flags = []Flag{FlagEndorserIsIssuer}
	}
	e.stand(around)
	c.entries = append(c.entries, e)
	c.tellOne(e)
}

// graph keeps how the achievements of a record hang together, in the model of CLR 2.0.
func (c *clr1) graph(v older, report *verify.Report, entries []*Entry, pointer string, signed basis) {
	associations := olderAssociations(v)
	if len(associations) == 0 {
		return
	}
	model := &clr.ClrCredential{Envelope: ob.Envelope{Type: vc.Many("VerifiableCredential", "ClrCredential")}}
	model.CredentialSubject = clr.ClrSubject{Type: vc.Many("ClrSubject"), Association: vc.Many(associations...),
		Achievement: each(v, "achievements", olderAchievement)}
	one := c.modelled(model)
	if one.Document() != nil {
		one.Report, one.Pointer = report, pointer
		c.records = append(c.records, record{c.member, one, entries, signed})
	}
}

// modelled is a badge or a record as the parsed document that the entries of a reading are.
func (c *clr1) modelled(model interface{ JSON() ([]byte, error) }) (one verify.Embedded) {
	text, err := model.JSON()
	if err != nil {
		return one
	}
	for one = range c.verifier.InspectEach(c.ctx, text, verify.Expect{}) {
		continue
	}
	return one
}

// learnerOf is who a record is about, and who handed it in.
func learnerOf(record older, known string) party {
	var p party
	p.named(string(record.of("learner").iri("id")))
	if email := record.of("learner").content("email"); email != "" {
		p.named("mailto:" + email)
	}
	if one := holder(known); p.is(one) != SubjectDifferent {
		p = p.and(one)
	}
	return p
}
