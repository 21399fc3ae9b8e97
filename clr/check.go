package clr

import (
	"errors"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// The codes that the rules of CLR 2.0 add to those of package ob. All are
// warnings: the specification says what an association means, and not what a
// reader does where it makes no sense.
const (
	CodeAssociationDangling vc.Code = "association-dangling"     // names no achievement of the record
	CodeAssociationSelf     vc.Code = "association-with-itself"  // source and target are the same
	CodeAssociationCycle    vc.Code = "association-cycle"        // a hierarchy or an order that leads back to itself
	CodeOtherSubject        vc.Code = "nested-subject-differs"   // a nested credential is about somebody else
	CodeNewerContext        vc.Code = "term-needs-newer-context" // the listed CLR context does not define it
)

const model = "CLR 2.0"

var sayings = map[vc.Code]ob.Saying{
	CodeAssociationDangling: {Level: ob.Warning, Message: "the association names an achievement that the record does not hold", Fix: "add the achievement to achievement, or correct the id", Spec: "CLR 2.0, Association"},
	CodeAssociationSelf:     {Level: ob.Warning, Message: "the association ties an achievement to itself", Fix: "remove it", Spec: "CLR 2.0, Association"},
	CodeAssociationCycle:    {Level: ob.Warning, Message: "the associations lead back to where they began", Fix: "remove one of the circle", Spec: "CLR 2.0, Association.associationType"},
	CodeOtherSubject:        {Level: ob.Warning, Message: "the nested credential is about another subject than the record", Fix: "use the same id, or an identifier that both have", Spec: "CLR 2.0, ClrSubject"},
	CodeNewerContext:        {Level: ob.Warning, Message: "the listed CLR context does not define the term, so that no linked data proof covers it", Fix: "list " + Context, Spec: "CLR 2.0, JSON-LD contexts"},
}

// Check judges a document as a ClrCredential: the record, its associations, and
// each nested credential by its own kind. Like [ob.Check] it is a pure function
// of the text and safe for concurrent use.
func Check(doc *vc.Document) []ob.Finding { return CheckWith(doc, ob.Options{}) }

// CheckWith is [Check] with options. SkipEmbedded leaves the nested credentials
// and the endorsements alone, for a caller that checks each on its own.
func CheckWith(doc *vc.Document, o ob.Options) []ob.Finding {
	return ob.CheckClass(rules(), "ClrCredential", doc.Root(), model, sayings, o)
}

// CheckAny judges a document as what it says it is: a record as [CheckWith] does, and
// anything else as [ob.CheckWith] does, by one table.
func CheckAny(doc *vc.Document, o ob.Options) []ob.Finding {
	class := ClassOf(doc.Root())
	if class == "ClrCredential" {
		return CheckWith(doc, o)
	}
	return ob.CheckClass(rules(), class, doc.Root(), "Open Badges 3.0", nil, o)
}

// CheckJSON parses text, which may be a compact JWS too, and judges it. The
// error is that of [vc.Parse].
func CheckJSON(text []byte) ([]ob.Finding, error) {
	doc, err := vc.Parse(text)
	if err != nil {
		return nil, err
	}
	return Check(doc), nil
}

// Check judges the record as it would be signed.
func (c ClrCredential) Check() []ob.Finding {
	text, err := c.JSON()
	if err == nil {
		var findings []ob.Finding
		if findings, err = CheckJSON(text); err == nil {
			return findings
		}
	}
	if p, ok := errors.AsType[*vc.Problem](err); ok {
		return []ob.Finding{{Problem: p}}
	}
	return []ob.Finding{{Problem: &vc.Problem{
		Code: vc.CodeJSON, Type: vc.TypeParsing, Message: "the record cannot be written as JSON", Err: err,
	}}}
}

// rules is the compiled table, made when it is first needed.
var rules = sync.OnceValue(func() *shape.Schema { return shape.MustCompile(append(ob.Facts(nestedKind), facts()...)) })

// Rules returns the compiled table of facts about all classes: those of CLR 2.0, of
// Open Badges 3.0 and of the data model beneath. The type is internal: this
// function is for the packages of this module.
func Rules() *shape.Schema { return rules() }

// ClassOf returns the class of the table that a document is judged by, going by
// its type. The type of v is internal.
func ClassOf(v jsonx.Value) string {
	if vc.HasType(v, "ClrCredential") {
		return "ClrCredential"
	}
	return ob.ClassOf(v)
}

const contextPrefix = "https://purl.imsglobal.org/spec/clr/v2p0/context"

// IsContext reports whether url is a context of CLR 2.0: context.json or one of
// its versions context-2.n.n.json.
func IsContext(url string) bool {
	rest, ok := strings.CutPrefix(url, contextPrefix)
	if !ok {
		return false
	}
	if version, found := strings.CutPrefix(rest, "-2."); found && len(version) > 3 && isDigit(version[0]) && version[1] == '.' && isDigit(version[2]) {
		rest = version[3:]
	}
	return rest == ".json"
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func checkRecord20(w *shape.Walk, v jsonx.Value) { checkRecord(w, v, vc.ContextV2, false) }
func checkRecord11(w *shape.Walk, v jsonx.Value) { checkRecord(w, v, vc.ContextV1, true) }

func checkRecord(w *shape.Walk, v jsonx.Value, base string, old bool) {
	ob.CheckEnvelope(w, v, "ClrCredential", base, old, ob.RequiredContext{Newest: Context, Is: IsContext}, ob.OpenBadgeContext())
	if definesAll(v.Get("@context")) {
		return
	}
	for _, term := range [...]jsonx.Value{v.Get("partial"), v.Get("credentialSubject").Single().Get("identifier")} {
		if term.Exists() {
			w.Fault(string(CodeNewerContext), term, vc.Quote(term.Name()), vc.Quote(Context))
		}
	}
}

// definesAll reports whether the contexts define partial and the subject's
// identifier: the first CLR context does not. An object may.
func definesAll(contexts jsonx.Value) bool {
	first := false
	for c := contexts.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.Object {
			return true
		}
		first = first || c.Text() == contextPrefix+".json"
	}
	return !first
}
