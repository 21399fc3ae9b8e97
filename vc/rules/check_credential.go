package rules

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The rules of the credential envelope that no table can say. Each is the Check
// of a class.

// kind is the type that a credential says it is of, which may have two names, and
// the contexts that it lists behind the base context.
type kind struct {
	name, alias string
	contexts    []requiredContext
}

var (
	badgeKind       = kind{"AchievementCredential", "OpenBadgeCredential", []requiredContext{openBadgesContext}}
	endorsementKind = kind{"EndorsementCredential", "", []requiredContext{openBadgesContext}}
	recordKind      = kind{"ClrCredential", "", []requiredContext{recordContext, openBadgesContext}}
)

func (k *kind) check20(w *shape.Walk, v jsonx.Value) {
	k.checkType(w, v)
	checkContexts(w, v, vc.ContextV2, k.contexts...)
	checkDates20(w, v)
	checkExtensionContext(w, v)
	checkRelatedResources(w, v.Get("relatedResource"))
}

func (k *kind) check11(w *shape.Walk, v jsonx.Value) {
	k.checkType(w, v)
	checkContexts(w, v, vc.ContextV1, k.contexts...)
	checkDates11(w, v)
	checkExtensionContext(w, v)
}

func checkCredential20(w *shape.Walk, v jsonx.Value) {
	checkContexts(w, v, vc.ContextV2)
	checkSubjects(w, v)
	checkDates20(w, v)
	checkExtensionContext(w, v)
	checkRelatedResources(w, v.Get("relatedResource"))
}

func checkCredential11(w *shape.Walk, v jsonx.Value) {
	checkContexts(w, v, vc.ContextV1)
	checkSubjects(w, v)
	checkDates11(w, v)
	checkExtensionContext(w, v)
}

// checkType asks type for VerifiableCredential and for the kind. A missing type is
// the table's to report.
func (k *kind) checkType(w *shape.Walk, v jsonx.Value) {
	t := v.Get("type")
	if !t.Exists() {
		return
	}
	if !holds(t, "VerifiableCredential") {
		w.Fault(string(CodeCredentialType), t, "", "VerifiableCredential")
	}
	switch {
	case holds(t, k.name), k.alias != "" && holds(t, k.alias):
	case k.alias != "":
		w.Fault(string(CodeCredentialType), t, "", k.name+" or "+k.alias)
	default:
		w.Fault(string(CodeCredentialType), t, "", k.name)
	}
}

// holds reports whether a string, or an array of them, has the text.
func holds(v jsonx.Value, text string) bool {
	if v.Kind() != jsonx.Array {
		return v.Kind() == jsonx.String && v.Text() == text
	}
	for c := v.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.String && c.Text() == text {
			return true
		}
	}
	return false
}

// checkDates20 compares the ends of the validity and looks for dates that VCDM
// 2.0 does not know: who wrote expirationDate meant it, and nobody would see it.
func checkDates20(w *shape.Walk, v jsonx.Value) {
	checkOrder(w, v, "validFrom", "validUntil")
	otherVersion(w, v.Get("issuanceDate"))
	otherVersion(w, v.Get("expirationDate"))
}

func checkDates11(w *shape.Walk, v jsonx.Value) {
	w.Fault(string(CodeDataModelOutdated), v.Get("@context"), "", "")
	checkOrder(w, v, "issuanceDate", "expirationDate")
	otherVersion(w, v.Get("validFrom"))
	otherVersion(w, v.Get("validUntil"))
}

func otherVersion(w *shape.Walk, v jsonx.Value) {
	if v.Exists() {
		w.Fault(string(CodeOtherVersion), v, v.Name(), "")
	}
}

func checkOrder(w *shape.Walk, v jsonx.Value, from, until string) {
	end := v.Get(until).Single()
	if end.Kind() != jsonx.String {
		return
	}
	start := v.Get(from).Single()
	if start.Kind() != jsonx.String {
		return
	}
	a, err := dateTime(start.Text()).Time()
	if err != nil {
		return // the format's to report
	}
	b, err := dateTime(end.Text()).Time()
	if err == nil && b.Before(a) {
		w.Fault(string(CodeValidityReversed), end, vc.Quote(end.Text()), "not before "+vc.Quote(start.Text()))
	}
}

// checkSubjects is VCDM 2.0, 4.8: one or more objects, none of them empty. An id
// alone is enough. A subject of a kind of credential that type does not name
// would escape the rules of its kind, and is refused; an EndorsementSubject may stand
// in any credential, as published ones show.
func checkSubjects(w *shape.Walk, v jsonx.Value) {
	t, s := v.Get("type"), v.Get("credentialSubject")
	unnamed := ""
	for _, kind := range [...]string{"Achievement", "Clr"} {
		if t.Exists() && !holds(t, kind+"Credential") && anyHolds(s, kind+"Subject") {
			unnamed = kind
		}
	}
	if unnamed != "" {
		w.Fault(string(CodeCredentialType), t, "", unnamed+"Credential, because a subject is of type "+unnamed+"Subject")
	}
	if s.Kind() != jsonx.Array {
		checkSubject(w, s)
		return
	}
	if s.Len() == 0 {
		w.Fault(string(CodeSubjectMissing), s, "an empty array", "a subject, or several")
	}
	for c := s.First(); c.Exists(); c = c.Next() {
		checkSubject(w, c)
	}
}

func anyHolds(subjects jsonx.Value, kind string) bool {
	if subjects.Kind() != jsonx.Array {
		return holds(subjects.Get("type"), kind)
	}
	for s := subjects.First(); s.Exists(); s = s.Next() {
		if holds(s.Get("type"), kind) {
			return true
		}
	}
	return false
}

func checkSubject(w *shape.Walk, s jsonx.Value) {
	switch s.Kind() {
	case jsonx.Missing:
		return
	case jsonx.Object:
	default:
		w.Fault(string(CodeMemberKind), s, "", "an object")
		return
	}
	if s.Len() == 0 {
		w.Fault(string(CodeSubjectEmpty), s, "an empty object", "")
	}
	checkOptionalID(w, s.Get("id"))
}

func checkOptionalID(w *shape.Walk, id jsonx.Value) {
	switch id.Kind() {
	case jsonx.Missing:
	case jsonx.String:
		if code := checkURI(id.Text()); code != "" {
			w.Fault(code, id, "", "")
		}
	default:
		w.Fault(string(CodeMemberKind), id, "", "a URI")
	}
}
