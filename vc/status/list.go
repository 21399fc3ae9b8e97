package status

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// had is what came of asking for a list, for all the entries that name it.
type had struct {
	kind    *kind
	url     string
	list    *Snapshot
	encoded jsonx.Value // what its bits are to be read from; missing where they are
	problem *vc.Problem // with a pointer that counts from the entry
}

// list returns the entry's list, verified, current, and of the right issuer, type
// and purpose. The bits are decoded last: whoever is not trusted with a list must
// not cost more than reading it.
func (k *checker) list(ctx context.Context, kd *kind, e *Entry) (*Snapshot, *vc.Problem) {
	h := k.ask(ctx, kd, e.List)
	if h.problem != nil {
		return nil, h.problem.Within(e.Pointer)
	}
	if p := k.accept(h.list, e); p != nil {
		return nil, p
	}
	if h.encoded.Exists() {
		if h.problem = h.list.decode(h.encoded, k.MaxListBytes); h.problem != nil {
			return nil, h.problem.Within(e.Pointer)
		}
		h.encoded = jsonx.Value{}
		k.keep(ctx, h.list)
	}
	for _, w := range h.list.warnings {
		e.warn(w.Within(e.Pointer))
	}
	return h.list, nil
}

// ask has a list from the Cache or from its host, once in a Check.
func (k *checker) ask(ctx context.Context, kd *kind, url string) *had {
	for _, h := range k.had { // some few
		if h.kind == kd && h.url == url {
			return h
		}
	}
	h := &had{kind: kd, url: url}
	k.had = append(k.had, h)
	if h.problem = ended(ctx, kd.url, url); h.problem != nil {
		return h
	}
	if s, ok := k.cached(ctx, kd, url); ok {
		h.list = s
	} else if kd == revocationListKind {
		h.list, h.problem = k.fetchRevocations(ctx, url)
	} else {
		h.list, h.encoded, h.problem = k.fetchList(ctx, kd, url)
	}
	return h
}

// ended says that there is no time left, nil where there is.
func ended(ctx context.Context, member, url string) *vc.Problem {
	if ctx.Err() == nil {
		return nil
	}
	err := &fetch.Error{Code: fetch.CodeCancelled, URL: url, Detail: "no time was left", Err: ctx.Err()}
	return because(problem(CodeUnavailable, "/"+member, vc.Quote(url), ""), err)
}

// fetchList fetches a list, verifies it, and reads all but its bits.
func (k *checker) fetchList(ctx context.Context, kd *kind, url string) (*Snapshot, jsonx.Value, *vc.Problem) {
	pointer := "/" + kd.url
	if k.VerifyList == nil {
		return nil, jsonx.Value{}, problem(CodeListNotVerified, pointer, "", "a verifier for status lists (Config.VerifyList)")
	}
	r, p := k.get(ctx, pointer, url)
	if p != nil {
		return nil, jsonx.Value{}, p
	}
	verified, err := guard.Call(context.WithoutCancel(ctx), func() (VerifiedList, error) { return k.VerifyList(ctx, r.Body) })
	if err != nil || verified.Document == nil {
		return nil, jsonx.Value{}, notVerified(pointer, err)
	}
	return k.open(kd, verified, url, r)
}

// get fetches a document.
func (k *checker) get(ctx context.Context, pointer, url string) (*fetch.Response, *vc.Problem) {
	r, err := k.Fetcher.Fetch(ctx, url)
	if err == nil {
		return r, nil
	}
	return nil, because(problem(unlessSpent(CodeUnavailable, err), pointer, vc.Quote(url), ""), err)
}

func notVerified(pointer string, err error) *vc.Problem {
	return because(problem(unlessSpent(CodeListNotVerified, err), pointer, "", ""), err)
}

// unlessSpent is the code of an error that is not about the number of requests.
func unlessSpent(code vc.Code, err error) vc.Code {
	if errors.Is(err, &fetch.Error{Code: fetch.CodeBudget}) {
		return vc.Code(fetch.CodeBudget)
	}
	return code
}

// because gives a problem its cause, which the message tells too.
func because(p *vc.Problem, err error) *vc.Problem {
	if p.Err = err; err == nil {
		return p
	}
	text := err.Error()
	if beneath, ok := err.(*vc.Problem); ok { // what to do about the list is said once
		bare := *beneath
		bare.Fix = ""
		text = bare.Error()
	}
	p.Message += ": " + text
	return p
}

// open reads all of a verified list but its bits.
func (k *checker) open(kd *kind, verified VerifiedList, url string, r *fetch.Response) (s *Snapshot, encoded jsonx.Value, p *vc.Problem) {
	pointer, doc := "/"+kd.url, verified.Document
	form, subject, p := subjectOf(kd, doc, pointer)
	if p != nil {
		return nil, encoded, p
	}
	s = &Snapshot{kind: kd, form: form, url: url, id: doc.ID(), issuer: doc.IssuerID(),
		purposes: jsonx.Texts(subject.Get("statusPurpose")), fetched: r.FetchedAt, source: r.Source}
	if form != kd {
		s.defects = append(s.defects, problem(CodeListWrongType, pointer, form.list, kd.list))
	}
	dates, p := datesOf(door.Root(doc), pointer)
	if p != nil {
		return nil, encoded, p
	}
	s.valid = verified.Valid.And(dates)
	k.setExpiry(s, subject.Get("ttl").Single(), r)
	encoded = subject.Get("encodedList").Single()
	switch encoded.Kind() {
	case jsonx.String:
		return s, encoded, nil
	case jsonx.Missing:
		return nil, encoded, problem(CodeListContentMissing, pointer, "no encodedList", "a string of bits, encoded")
	}
	return nil, encoded, problem(CodeListMalformed, pointer, "encodedList, "+encoded.Kind().String(), "a string")
}

// subjectOf finds the list in its credential and checks the types of both. form is
// the kind that they name: kd, or its sibling.
func subjectOf(kd *kind, doc *vc.Document, pointer string) (form *kind, subject jsonx.Value, p *vc.Problem) {
	if form = formOf(kd, doc); form == nil {
		return nil, subject, problem(CodeListWrongType, pointer, vc.Quote(strings.Join(doc.Types(), ", ")), kd.list)
	}
	subjects := door.Root(doc).Get("credentialSubject").Items()
	if len(subjects) != 1 || subjects[0].Kind() != jsonx.Object {
		return nil, subject, problem(CodeListMalformed, pointer, fmt.Sprint(len(subjects))+" of credentialSubject", "one object")
	}
	if types := typesOf(subjects[0]); !slices.Contains(types, form.subject) {
		return nil, subject, problem(CodeListWrongType, pointer, vc.Quote(strings.Join(types, ", ")), form.subject)
	}
	return form, subjects[0], nil
}

// formOf is the kind of a list credential that is wanted as one of kd, nil for one
// that is nothing of the sort.
func formOf(kd *kind, doc *vc.Document) *kind {
	if doc.HasType(kd.list) {
		return kd
	}
	if other := kd.sibling(); other != nil && doc.HasType(other.list) {
		return other
	}
	return nil
}

// datesOf reads the validity of a list, under its names in either version of the
// data model.
func datesOf(root jsonx.Value, pointer string) (dates vc.Interval, p *vc.Problem) {
	for _, name := range [...]string{"validFrom", "issuanceDate", "validUntil", "expirationDate"} {
		v := root.Get(name).Single()
		if !v.Exists() {
			continue
		}
		t, err := vc.ParseTime(jsonx.Content(v))
		if err != nil {
			p := problem(CodeListMalformed, pointer, name+", "+v.Shown(), "a date and time")
			p.Err = err
			return dates, p
		}
		if name == "validFrom" || name == "issuanceDate" {
			dates = dates.And(vc.Interval{From: t})
		} else {
			dates = dates.And(vc.Interval{Until: t})
		}
	}
	return dates, nil
}

// setExpiry decides until when the list may be used again. What its issuer
// signed as ttl counts; the host is asked only where that is missing.
func (k *checker) setExpiry(s *Snapshot, ttl jsonx.Value, r *fetch.Response) {
	lifetime, since := defaultTTL, k.At
	ms, isNumber := ttl.Float()
	said := isNumber && ms >= 0
	if said {
		lifetime = time.Duration(min(ms, float64(maxTTL/time.Millisecond))) * time.Millisecond
	} else if ttl.Exists() {
		s.warn(problem(CodeListTTLInvalid, "/"+s.kind.url, ttl.Shown(), ""))
	}
	if !r.FetchedAt.IsZero() && r.FetchedAt.Before(since) {
		since = r.FetchedAt
	}
	s.stored, s.expires = k.At, since.Add(lifetime)
	if r.Source == fetch.SourceCache && s.expires.Before(k.At) {
		age := k.At.Sub(since).Round(time.Second)
		s.warn(problem(CodeListStale, "/"+s.kind.url, age.String(), "at most "+lifetime.String()))
	}
	if !said && r.Source != fetch.SourcePack && r.Expires.Before(s.expires) {
		s.expires = r.Expires
	}
	s.expires = vc.Interval{Until: s.expires}.And(s.valid).Until
}

// accept checks what depends on the credential and on the hour, and tells e
// about the list. It runs for each use of a cached list, too.
func (k *checker) accept(s *Snapshot, e *Entry) *vc.Problem {
	pointer := listPointer(s.kind, e)
	e.ListIssuer, e.FetchedAt, e.Source = s.issuer, s.fetched, s.source
	switch {
	case !k.trusts(s.issuer):
		return problem(CodeListWrongIssuer, pointer, vc.Quote(s.issuer), vc.Quote(k.credential.IssuerID()))
	case !s.valid.Begun(k.At, k.Skew):
		return problem(CodeListNotYetValid, pointer, s.valid.From.Format(time.RFC3339), "before "+k.At.Format(time.RFC3339))
	case s.valid.Ended(k.At, k.Skew):
		return problem(CodeListExpired, pointer, s.valid.Until.Format(time.RFC3339), "after "+k.At.Format(time.RFC3339))
	case s.kind.purposed && !slices.Contains(s.purposes, e.Purpose):
		return problem(CodeListWrongPurpose, pointer, vc.Quote(strings.Join(s.purposes, ", ")), vc.Quote(e.Purpose))
	}
	return nil
}

// otherID reports a list that says it is another than the one the entry names. An id
// is optional (Bitstring Status List 1.0, 2.2).
func (s *Snapshot) otherID() bool { return s.id != "" && s.id != s.url }

// named returns what stands in the way of Clear because the list has another id, and
// warns of it where Options say to take the list all the same.
func (k *checker) named(s *Snapshot, e *Entry) []*vc.Problem {
	if !s.otherID() {
		return nil
	}
	p := problem(CodeListIDMismatch, listPointer(s.kind, e), vc.Quote(s.id), vc.Quote(s.url))
	if k.SkipListID {
		e.warn(p)
		return nil
	}
	return []*vc.Problem{p}
}

// decode fills in the bits.
func (s *Snapshot) decode(encoded jsonx.Value, limit int) *vc.Problem {
	pointer := "/" + s.kind.url
	read, bad := expand(s.form, encoded.Text(), limit)
	if bad != nil {
		p := problem(bad.code, pointer, vc.Quote(encoded.Text()[:min(len(encoded.Text()), 16)]), "")
		return because(p, bad)
	}
	s.bits = read.bits
	if len(read.lax) > 0 {
		s.warn(problem(CodeListLaxEncoding, pointer, strings.Join(read.lax, ", "), ""))
	}
	if len(read.defects) > 0 {
		s.defects = append(s.defects, problem(CodeListEncoding, pointer, strings.Join(read.defects, ", "), ""))
	}
	return nil
}

func (s *Snapshot) warn(p *vc.Problem) { s.warnings = append(s.warnings, p) }
