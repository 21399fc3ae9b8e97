package status

import (
	"context"
	"fmt"
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Check asks the status lists of every credentialStatus entry of a credential
// whose proof and issuer were verified before. It never fails: what could not be
// found out is an [Entry] whose State is [Unknown]. It fetches one list for each
// entry, fewer where entries share one or Config.Cache holds it.
func Check(ctx context.Context, credential *vc.Document, c Config) *Result {
	values := credential.Root().Get("credentialStatus").Items()
	if len(values) > 1 && c.Cache == nil {
		// Entries for several purposes often share a list.
		c.Cache = NewMemory(c.MaxListBytes)
	}
	k := &checker{Config: c.withDefaults(), credential: credential}
	r := &Result{Entries: make([]Entry, 0, min(len(values), maxEntries+1))}
	for i, v := range values {
		if i == maxEntries {
			r.Entries = append(r.Entries, tooMany(v, len(values)))
			break
		}
		r.Entries = append(r.Entries, k.check(ctx, v))
	}
	return r
}

// tooMany stands for the entries that are not looked at.
func tooMany(first jsonx.Value, n int) Entry {
	p := newProblem(CodeTooManyEntries, first.Pointer(), "the credential has more status entries than are looked at; this one and those after it were not asked")
	return Entry{Pointer: first.Pointer(), Problem: found(p, fmt.Sprint(n), fmt.Sprintf("at most %d", maxEntries))}
}

// checker is one Check.
type checker struct {
	Config
	credential *vc.Document
}

// check answers for one entry.
func (k *checker) check(ctx context.Context, v jsonx.Value) Entry {
	e := Entry{Pointer: v.Pointer()}
	kd, name := kindOf(v)
	e.Type = name
	switch kd {
	case nil:
		e.Problem = unknownType(v, name)
	case revocationListKind:
		e.Problem = k.askRevocationList(ctx, v, &e)
	default:
		e.Problem = k.askBits(ctx, kd, v, &e)
	}
	return e
}

func unknownType(v jsonx.Value, name string) *vc.Problem {
	switch {
	case v.Kind() != jsonx.Object:
		return found(newProblem(CodeEntryMalformed, v.Pointer(), "the status entry is "+v.Kind().String()), "", "an object")
	case name == "":
		return found(newProblem(CodeEntryMalformed, v.Pointer()+"/type", "the status entry has no type"), "", "a string")
	}
	p := newProblem(CodeTypeNotSupported, v.Pointer()+"/type", "the status cannot be read, since its type is not supported; nothing says that the credential was not revoked")
	return found(p, vc.Quote(name), "BitstringStatusListEntry, StatusList2021Entry, RevocationList2020Status or 1EdTechRevocationList")
}

// askBits answers for an entry whose list is a string of bits.
func (k *checker) askBits(ctx context.Context, kd *kind, v jsonx.Value, e *Entry) *vc.Problem {
	place, p := readEntry(kd, v, e)
	if p != nil {
		return p
	}
	list, p := k.list(ctx, kd, e)
	if p != nil {
		return p
	}
	return k.judge(list, place, e)
}

// judge reads the value at place and says what it means.
func (k *checker) judge(list *Snapshot, at *place, e *Entry) *vc.Problem {
	entries := list.bits.entries(at.size)
	var defects []*vc.Problem
	if list.kind.minimum && entries < uint64(k.MinEntries) {
		p := newProblem(CodeListTooShort, listPointer(list.kind, e), "the list has fewer entries than are needed to hide one among them")
		defects = append(defects, found(p, fmt.Sprint(entries), fmt.Sprintf("at least %d", k.MinEntries)))
	}
	if at.index >= entries {
		p := newProblem(CodeIndexOutOfRange, e.Pointer+"/"+list.kind.index, "the index is beyond the end of the list")
		return first(append(defects, found(p, vc.Quote(e.Index), fmt.Sprintf("less than %d", entries))), e)
	}
	value := list.bits.value(at.index, at.size)
	if p := at.message(value, e); p != nil {
		defects = append(defects, p)
	}
	return conclude(e, value, defects)
}

// conclude gives a value its meaning. Defects that do not touch who signed the
// list stand in the way of Clear, and do not hide that the value is set.
func conclude(e *Entry, value uint64, defects []*vc.Problem) *vc.Problem {
	if value != 0 {
		if p := refusal(e.Purpose, e.Pointer); p != nil {
			e.State, e.Value = Set, value
			e.Warnings = append(e.Warnings, defects...)
			return p
		}
	}
	if len(defects) > 0 {
		return first(defects, e)
	}
	if value == 0 {
		e.State = Clear
		return nil
	}
	e.State, e.Value = Set, value
	switch e.Purpose {
	case PurposeMessage:
	case PurposeRefresh:
		e.Warnings = append(e.Warnings, newProblem(CodeRefreshSet, e.Pointer, "the issuer says that a newer credential may be had"))
	default:
		e.State = Unknown
		p := newProblem(CodePurposeNotSupported, e.Pointer+"/statusPurpose", "the status is set for a purpose whose meaning is not known here")
		return found(p, vc.Quote(e.Purpose), "revocation, suspension, refresh or message")
	}
	return nil
}

// first makes the first of several problems the entry's, and the rest warnings.
func first(all []*vc.Problem, e *Entry) *vc.Problem {
	e.Warnings = append(e.Warnings, all[1:]...)
	return all[0]
}

// trusts reports whether issuer may sign lists for the credential.
func (k *checker) trusts(issuer string) bool {
	return issuer != "" && (issuer == k.credential.IssuerID() || slices.Contains(k.TrustedIssuers, issuer))
}

// listPointer is where the entry names its list.
func listPointer(kd *kind, e *Entry) string { return e.Pointer + "/" + kd.url }
