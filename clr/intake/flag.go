package intake

import (
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// flag notes what is to be known of an entry by itself and what it stands in.
func (e *Entry) flag() {
	doc := e.found.Document()
	if doc == nil {
		return
	}
	set := func(f Flag, holds bool) {
		if holds {
			e.Flags = append(e.Flags, f)
		}
	}
	around := e.found.Around()
	switch e.Kind {
	case KindEndorsement:
		set(FlagEndorserIsIssuer, e.Issuer != "" && len(around) > 0 && around[len(around)-1].IssuerID() == e.Issuer)
		set(FlagMisplaced, e.warned(verify.CodeMisplaced))
	default:
		creator, source := others(doc)
		set(FlagSelfAsserted, e.Issuer != "" && about(doc, e.Issuer))
		set(FlagCreatorDiffers, creator != "" && creator != e.Issuer)
		set(FlagSourceDiffers, source != "" && source != e.Issuer)
	}
	set(FlagInterchangeable, len(e.found.Unattributed()) > 0)
}

// about reports whether a credential is about somebody of an id.
func about(doc *vc.Document, id string) bool {
	for s := range door.Root(doc).Get("credentialSubject").All() {
		if jsonx.Content(s.Get("id").Single()) == id {
			return true
		}
	}
	return false
}

// others are who a badge says made the achievement, and who assessed it.
func others(doc *vc.Document) (creator, source string) {
	for s := range door.Root(doc).Get("credentialSubject").All() {
		source = profile(s.Get("source"), source)
		for a := range s.Get("achievement").All() {
			creator = profile(a.Get("creator"), creator)
		}
	}
	return creator, source
}

// profile is the id of a profile, or of a reference to one.
func profile(v jsonx.Value, otherwise string) string {
	if v = v.Single(); v.Kind() == jsonx.Object {
		v = v.Get("id").Single()
	}
	if id := jsonx.Content(v); id != "" {
		return id
	}
	return otherwise
}

func (e *Entry) warned(code vc.Code) bool {
	for _, p := range e.found.Report.Warnings() {
		if p.Code == code {
			return true
		}
	}
	return false
}

// repeats flags the later ones of each credential, and notes those of which one counts
// already: a forgery before the real one takes nothing from it.
func repeats(all []*Entry) {
	seen, counted := map[[2]string]bool{}, map[[2]string]bool{}
	for _, e := range all {
		key := [2]string{ob.NormalID(vc.IRI(e.Issuer)), ob.NormalID(vc.IRI(e.ID))}
		if key[0] == "" || key[1] == "" {
			continue // it cannot be told from others
		}
		if seen[key] {
			e.Flags = append(e.Flags, FlagDuplicate)
		}
		seen[key] = true
		e.repeated = counted[key]
		counted[key] = counted[key] || e.against() == ""
	}
}
