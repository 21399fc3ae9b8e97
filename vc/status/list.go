package status

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// list returns the entry's list, verified, current, and of the right issuer,
// type and purpose.
func (k *checker) list(ctx context.Context, kd *kind, e *Entry) (*Snapshot, *vc.Problem) {
	if s, ok := k.cached(kd, e.List); ok {
		return s, k.accept(s, e)
	}
	if k.VerifyList == nil {
		return nil, newProblem(CodeListNotVerified, listPointer(kd, e), "no verifier for status lists was given, so none can be relied on")
	}
	r, p := k.get(ctx, listPointer(kd, e), e.List)
	if p != nil {
		return nil, p
	}
	doc, err := k.VerifyList(ctx, r.Body)
	if err != nil || doc == nil {
		return nil, notVerified(listPointer(kd, e), err)
	}
	return k.open(kd, doc, r, e)
}

// cached returns a list of the wanted kind that may still be used.
func (k *checker) cached(kd *kind, url string) (*Snapshot, bool) {
	if k.Cache == nil {
		return nil, false
	}
	s, ok := k.Cache.Get(url)
	if !ok || s == nil || s.kind != kd || !k.Now.Before(s.expires) {
		return nil, false
	}
	if s.source != fetch.FromPack {
		again := *s
		again.source = fetch.FromCache
		s = &again
	}
	return s, true
}

// get fetches a list.
func (k *checker) get(ctx context.Context, pointer, url string) (*fetch.Response, *vc.Problem) {
	r, err := k.Fetcher.Fetch(ctx, url)
	if err == nil && r != nil {
		return r, nil
	}
	p := newProblem(CodeUnavailable, pointer, "the status list cannot be had")
	p.Found, p.Err = vc.Quote(url), err
	var cause *fetch.Error
	if errors.As(err, &cause) {
		p.Message += ": " + cause.Detail
	}
	return nil, p
}

func notVerified(pointer string, err error) *vc.Problem {
	p := newProblem(CodeListNotVerified, pointer, "the status list is not proven to be its issuer's, so it says nothing about the credential")
	p.Err = err
	if err != nil {
		p.Message += ": " + err.Error()
	}
	return p
}

// open reads a verified list. The bits are decoded last: whoever is not trusted
// with a list must not cost more than reading it.
func (k *checker) open(kd *kind, doc *vc.Document, r *fetch.Response, e *Entry) (*Snapshot, *vc.Problem) {
	subject, p := subjectOf(kd, doc, listPointer(kd, e))
	if p != nil {
		return nil, p
	}
	s := &Snapshot{kind: kd, url: e.List, issuer: doc.IssuerID(), purposes: stringsOf(subject.Get("statusPurpose")), fetched: r.FetchedAt, source: r.Source}
	if p := s.readDates(doc.Root(), listPointer(kd, e)); p != nil {
		return nil, p
	}
	if id := doc.ID(); id != "" && id != e.List {
		s.warn(found(newProblem(CodeListIDMismatch, "/"+kd.url, "the list's id is not the URL that the entry names"), vc.Quote(id), vc.Quote(e.List)))
	}
	k.setExpiry(s, subject.Get("ttl"), r)
	if p := k.accept(s, e); p != nil {
		return nil, p
	}
	if p := s.decode(subject.Get("encodedList"), k.MaxListBytes, e); p != nil {
		return nil, p
	}
	if k.Cache != nil && k.Now.Before(s.expires) {
		k.Cache.Put(s.url, s)
	}
	return s, nil
}

// subjectOf finds the list in its credential and checks the types of both.
func subjectOf(kd *kind, doc *vc.Document, pointer string) (jsonx.Value, *vc.Problem) {
	if !doc.HasType(kd.list) {
		p := newProblem(CodeListWrongType, pointer, "what was fetched is not the list that the entry announces")
		return jsonx.Value{}, found(p, vc.Quote(strings.Join(doc.Types(), ", ")), kd.list)
	}
	subjects := doc.Root().Get("credentialSubject").Items()
	if len(subjects) != 1 || subjects[0].Kind() != jsonx.Object {
		return jsonx.Value{}, found(newProblem(CodeListMalformed, pointer, "the list credential does not have one credentialSubject"), fmt.Sprint(len(subjects)), "one object")
	}
	if types := typesOf(subjects[0]); !slices.Contains(types, kd.subject) {
		p := newProblem(CodeListWrongType, pointer, "the subject of the list credential is not the list that the entry announces")
		return jsonx.Value{}, found(p, vc.Quote(strings.Join(types, ", ")), kd.subject)
	}
	return subjects[0], nil
}

// readDates reads the validity of the list, under its names in either version
// of the data model.
func (s *Snapshot) readDates(root jsonx.Value, pointer string) *vc.Problem {
	for _, name := range [...]string{"validFrom", "issuanceDate", "validUntil", "expirationDate"} {
		v := root.Get(name)
		if !v.Exists() {
			continue
		}
		t, err := vc.ParseTime(jsonx.Content(v))
		if err != nil {
			p := newProblem(CodeListMalformed, pointer, name+" of the list is not a date and time")
			p.Found, p.Err = vc.Quote(string(v.Raw())), err
			return p
		}
		from := name == "validFrom" || name == "issuanceDate"
		switch {
		case from && t.After(s.from):
			s.from = t
		case !from && (s.until.IsZero() || t.Before(s.until)):
			s.until = t
		}
	}
	return nil
}

// setExpiry decides until when the list may be used again. What its issuer
// signed as ttl counts; the host is asked only where that is missing.
func (k *checker) setExpiry(s *Snapshot, ttl jsonx.Value, r *fetch.Response) {
	lifetime, since := defaultTTL, k.Now
	ms, isNumber := ttl.Float()
	said := isNumber && ms >= 0
	if said {
		lifetime = time.Duration(min(ms, float64(maxTTL/time.Millisecond))) * time.Millisecond
	} else if ttl.Exists() {
		s.warn(found(newProblem(CodeListTTLInvalid, "/"+s.kind.url, "the list's ttl is not a number of milliseconds"), vc.Quote(string(ttl.Raw())), "a number"))
	}
	if !r.FetchedAt.IsZero() && r.FetchedAt.Before(since) {
		since = r.FetchedAt
	}
	s.expires = since.Add(lifetime)
	if r.Source == fetch.FromCache && s.expires.Before(k.Now) {
		s.warn(found(newProblem(CodeListStale, "/"+s.kind.url, "a cache answered with a list that is older than its ttl"), k.Now.Sub(since).Round(time.Second).String(), "at most "+lifetime.String()))
	}
	if !said && r.Source != fetch.FromPack && r.Expires.Before(s.expires) {
		s.expires = r.Expires
	}
	if !s.until.IsZero() && s.until.Before(s.expires) {
		s.expires = s.until
	}
}

// accept checks what depends on the credential and on the hour, and tells e
// about the list. It runs for each use of a cached list, too.
func (k *checker) accept(s *Snapshot, e *Entry) *vc.Problem {
	pointer := listPointer(s.kind, e)
	e.ListIssuer, e.FetchedAt, e.Source = s.issuer, s.fetched, s.source
	switch {
	case !k.trusts(s.issuer):
		p := newProblem(CodeListWrongIssuer, pointer, "the list is signed by somebody else than the credential's issuer")
		return found(p, vc.Quote(s.issuer), vc.Quote(k.credential.IssuerID()))
	case k.Now.Add(k.Skew).Before(s.from):
		return found(newProblem(CodeListNotYetValid, pointer, "the list is not valid yet"), s.from.Format(time.RFC3339), "before "+k.Now.Format(time.RFC3339))
	case !s.until.IsZero() && k.Now.Add(-k.Skew).After(s.until):
		return found(newProblem(CodeListExpired, pointer, "the list has expired"), s.until.Format(time.RFC3339), "after "+k.Now.Format(time.RFC3339))
	case s.kind.purposed && !slices.Contains(s.purposes, e.Purpose):
		p := newProblem(CodeListWrongPurpose, pointer, "the list has another purpose than the entry")
		return found(p, vc.Quote(strings.Join(s.purposes, ", ")), vc.Quote(e.Purpose))
	}
	for _, w := range s.warnings {
		e.Warnings = append(e.Warnings, w.Within(e.Pointer))
	}
	return nil
}

// decode fills in the bits.
func (s *Snapshot) decode(encoded jsonx.Value, limit int, e *Entry) *vc.Problem {
	pointer := listPointer(s.kind, e)
	if encoded.Kind() != jsonx.String {
		return found(newProblem(CodeListMalformed, pointer, "the list has no encodedList that is a string"), encoded.Kind().String(), "a string")
	}
	bits, lax, bad := expand(s.kind, encoded.Text(), limit)
	if bad != nil {
		p := newProblem(bad.code, pointer, bad.Error())
		p.Found, p.Err = vc.Quote(encoded.Text()[:min(len(encoded.Text()), 16)]), bad.err
		return p
	}
	s.bits = bits
	if lax {
		w := newProblem(CodeListLaxEncoding, "/"+s.kind.url, "the list is not encoded as its specification shows")
		s.warn(w)
		e.Warnings = append(e.Warnings, w.Within(e.Pointer))
	}
	return nil
}

func (s *Snapshot) warn(p *vc.Problem) { s.warnings = append(s.warnings, p) }
