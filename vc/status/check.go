package status

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Check asks the status lists of every credentialStatus entry of a credential
// whose proof and issuer were verified before. It never fails: what could not be
// found out is an [Entry] whose State is [StateUnknown], and what could not be asked for
// what the credential says one whose State is [StateMalformed]. It fetches each list
// once, or not at all where Options.Cache holds it. Nothing depends on the order of
// the entries, nor on that of their types.
func Check(ctx context.Context, credential *vc.Document, o Options) *Result {
	values := door.Root(credential).Get("credentialStatus").Items()
	if len(values) > maxEntries {
		return &Result{Entries: []Entry{tooMany(values)}}
	}
	k := &checker{Options: o.withDefaults(), credential: credential}
	var all []*question
	for _, v := range values {
		all = k.read(all, v, values)
	}
	for _, q := range byList(all) {
		k.answer(ctx, q)
	}
	r := &Result{Entries: make([]Entry, len(all))}
	for i, q := range all {
		r.Entries[i] = q.Entry
	}
	return r
}

// byList orders questions for being asked: where the requests do not suffice for
// all, those that are made are the same in whatever order the entries stand.
func byList(all []*question) []*question {
	if len(all) < 2 {
		return all
	}
	return slices.SortedStableFunc(slices.Values(all), func(a, b *question) int {
		return cmp.Or(cmp.Compare(a.List, b.List), cmp.Compare(a.Type, b.Type))
	})
}

// tooMany stands for all entries, none of which is asked: which were would depend
// on their order.
func tooMany(values []jsonx.Value) Entry {
	at := values[0].Parent()
	p := problem(CodeTooManyEntries, at.Pointer(), fmt.Sprint(len(values)), fmt.Sprintf("at most %d", maxEntries))
	return Entry{Pointer: at.Pointer(), State: StateMalformed, Problem: p}
}

// checker is one Check.
type checker struct {
	Options
	credential *vc.Document
	had        []*had // the lists that were asked for, with what came of it
}

// question is an Entry on its way to an answer.
type question struct {
	Entry
	kind *kind // nil where nothing is asked
	at   *place
}

// read reads an entry among others, as each of the types that it has and that are
// known, and appends what there is to ask.
func (k *checker) read(all []*question, v jsonx.Value, among []jsonx.Value) []*question {
	kinds, name, p := kindsOf(v)
	switch {
	case v.Kind() != jsonx.Object:
		p = problem(CodeEntryMalformed, v.Pointer(), v.Kind().String(), "an object")
	case p != nil:
	case name == "":
		p = problem(CodeEntryMalformed, v.Pointer()+"/type", "no type", "a string")
	case k.ambiguous(v, among):
		p = problem(CodeEntryAmbiguous, v.Pointer()+"/id", vc.Quote(textOf(v, "id")), "")
	case len(kinds) == 0:
		p = problem(CodeTypeNotSupported, v.Pointer()+"/type", vc.Quote(name), "")
	}
	if p != nil {
		q := &question{Entry: Entry{Pointer: v.Pointer(), Type: name}}
		q.end(p)
		return append(all, q)
	}
	for _, kd := range kinds {
		all = append(all, k.question(kd, v))
	}
	return all
}

// question reads an entry as one of a kind.
func (k *checker) question(kd *kind, v jsonx.Value) *question {
	q := &question{Entry: Entry{Pointer: v.Pointer(), Type: kd.entry}, kind: kd}
	var p *vc.Problem
	if kd == revocationListKind {
		p = k.readRevocationEntry(v, &q.Entry)
	} else {
		q.at, p = readEntry(kd, v, &q.Entry)
	}
	if p != nil {
		q.kind = nil
		q.end(p)
	}
	return q
}

// ambiguous reports whether another entry has the id of v. In RDF the two are one
// thing, and a proof over RDF stands whichever of them holds which index and list. A
// token fixes its JSON.
func (k *checker) ambiguous(v jsonx.Value, among []jsonx.Value) bool {
	id := textOf(v, "id")
	if len(among) < 2 || id == "" || k.credential.Token() != nil {
		return false
	}
	return slices.ContainsFunc(among, func(other jsonx.Value) bool { return other != v && textOf(other, "id") == id })
}

// answer asks the list.
func (k *checker) answer(ctx context.Context, q *question) {
	switch q.kind {
	case nil:
	case revocationListKind:
		q.end(k.askRevocationList(ctx, &q.Entry))
	default:
		q.end(k.askBits(ctx, q))
	}
}

// end notes the problem that an entry ends with, nil for none.
func (q *question) end(p *vc.Problem) {
	q.Problem = p
	if p != nil && malformed[p.Code] {
		q.State = StateMalformed
	}
}

// askBits answers for an entry whose list is a string of bits.
func (k *checker) askBits(ctx context.Context, q *question) *vc.Problem {
	list, p := k.list(ctx, q.kind, &q.Entry)
	if p != nil {
		return p
	}
	return k.judge(list, q.at, &q.Entry)
}

// judge reads the value at place and says what it means.
func (k *checker) judge(list *Snapshot, at *place, e *Entry) *vc.Problem {
	entries := list.bits.entries(at.size)
	defects := k.named(list, e)
	for _, p := range list.defects {
		defects = append(defects, p.Within(e.Pointer))
	}
	if list.kind.minimum && entries < uint64(k.MinEntries) {
		p := problem(CodeListTooShort, listPointer(list.kind, e), fmt.Sprint(entries), fmt.Sprintf("at least %d", k.MinEntries))
		defects = append(defects, p)
	}
	if at.index >= entries {
		p := problem(CodeIndexOutOfRange, e.Pointer+"/"+list.kind.index, vc.Quote(e.Index), fmt.Sprintf("less than %d", entries))
		return first(append(defects, p), e)
	}
	value := list.bits.value(at.index, at.size)
	if p := at.message(value, e); p != nil {
		defects = append([]*vc.Problem{p}, defects...) // the worse one leads
	}
	return conclude(e, value, defects)
}

// conclude gives a value its meaning. Defects that do not touch who signed the
// list stand in the way of Clear, and do not hide that the value is set.
func conclude(e *Entry, value uint64, defects []*vc.Problem) *vc.Problem {
	if value != 0 {
		if p := refusal(e.Purpose, e.Pointer); p != nil {
			e.State, e.Value = StateSet, value
			e.warn(defects...)
			return p
		}
	}
	if len(defects) > 0 {
		return first(defects, e)
	}
	if value == 0 {
		e.State = StateClear
		return nil
	}
	e.State, e.Value = StateSet, value
	switch e.Purpose {
	case PurposeMessage:
	case PurposeRefresh:
		e.warn(problem(CodeRefreshSet, e.Pointer, "", ""))
	default:
		e.State = StateUnknown
		return problem(CodePurposeNotSupported, e.Pointer+"/statusPurpose", vc.Quote(e.Purpose), "")
	}
	return nil
}

// first makes the first of several problems the entry's, and the rest warnings.
func first(all []*vc.Problem, e *Entry) *vc.Problem {
	e.warn(all[1:]...)
	return all[0]
}

// trusts reports whether issuer may sign lists for the credential.
func (k *checker) trusts(issuer string) bool {
	return issuer != "" && (issuer == k.credential.IssuerID() || slices.Contains(k.TrustedIssuers, issuer))
}

// listPointer is where the entry names its list.
func listPointer(kd *kind, e *Entry) string { return e.Pointer + "/" + kd.url }
