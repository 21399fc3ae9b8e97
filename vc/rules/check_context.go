package rules

import (
	"strconv"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// requiredContext is a context that a kind of credential lists in a fixed place.
type requiredContext struct {
	newest string            // the one to issue with
	is     func(string) bool // whether a URL is one of its versions
}

var (
	openBadgesContext = requiredContext{newest: OpenBadgesContext, is: IsOpenBadgesContext}
	recordContext     = requiredContext{newest: RecordContext, is: IsRecordContext}
)

// checkContexts is VCDM 2.0, 4.3 and the order of Open Badges 3.0 and CLR 2.0:
// the base context first, then those that the kind requires, then any others.
func checkContexts(w *shape.Walk, v jsonx.Value, base string, required ...requiredContext) {
	list := v.Get("@context")
	switch list.Kind() {
	case jsonx.Missing:
		w.Report(shape.Fault{Code: string(CodeContextMissing), At: v, Absent: "@context", Expected: vc.Quote(base)})
		return
	case jsonx.String:
		if list.Text() == base && len(required) == 0 {
			w.Fault(string(CodeContextNotArray), list, "", "")
			return
		}
	case jsonx.Array:
		if list.Len() == 0 {
			w.Fault(string(CodeContextMissing), list, "an empty array", vc.Quote(base))
			return
		}
	default:
		w.Fault(string(CodeContextItem), list, "", "an array of URLs")
		return
	}
	items := list
	if list.Kind() == jsonx.Array {
		items = list.First()
	}
	if items.Kind() != jsonx.String || items.Text() != base {
		w.Fault(string(CodeContextBase), list, foundContext(items), vc.Quote(base))
	}
	checkContextItems(w, list)
	place := items
	for i, r := range required {
		if list.Kind() == jsonx.Array {
			place = place.Next()
		} else {
			place = jsonx.Value{}
		}
		checkRequiredContext(w, list, place, i+1, r)
	}
}

func foundContext(v jsonx.Value) string {
	if v.Kind() == jsonx.String {
		return vc.Quote(v.Text())
	}
	return v.Kind().String()
}

// checkRequiredContext looks for a context at its place, and else says whether
// it is missing or out of order.
func checkRequiredContext(w *shape.Walk, list, place jsonx.Value, index int, r requiredContext) {
	where := " as number " + strconv.Itoa(index+1)
	if place.Kind() == jsonx.String && r.is(place.Text()) {
		if place.Text() != r.newest {
			w.Fault(string(CodeContextOutdated), place, "", vc.Quote(r.newest))
		}
		return
	}
	for c := list.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.String && r.is(c.Text()) {
			w.Fault(string(CodeContextOrder), c, "", "this context"+where)
			return
		}
	}
	w.Fault(string(CodeContextNotListed), list, "", vc.Quote(r.newest)+where)
}

func checkContextItems(w *shape.Walk, list jsonx.Value) {
	for c := list.First(); c.Exists(); c = c.Next() {
		switch c.Kind() {
		case jsonx.Object:
		case jsonx.String:
			if !vc.IsAbsoluteIRI(c.Text()) {
				w.Fault(string(CodeContextItem), c, "", "a URL")
			}
		default:
			w.Fault(string(CodeContextItem), c, "", "a URL or an object")
		}
	}
}

// checkExtensionContext asks for the extensions context where one of its types
// is used. An object among the contexts may define the type too; whether it does
// is for JSON-LD to say.
func checkExtensionContext(w *shape.Walk, v jsonx.Value) {
	for _, name := range [...]string{"credentialSchema", "credentialStatus", "refreshService"} {
		m := v.Get(name)
		if m.Kind() == jsonx.Object {
			checkExtensionType(w, v, m)
			continue
		}
		for c := m.First(); c.Exists(); c = c.Next() {
			checkExtensionType(w, v, c)
		}
	}
}

func checkExtensionType(w *shape.Walk, v, node jsonx.Value) {
	t := node.Get("type")
	used := ""
	for _, name := range [...]string{TypeSchemaValidator, TypeRevocationList, TypeCredentialRefresh} {
		if holds(t, name) {
			used = name
		}
	}
	if used == "" {
		return
	}
	for at := v; at.Exists(); at = at.Parent() {
		if w.Once(at, definesExtensions) {
			return
		}
	}
	w.Fault(string(CodeContextExtensions), t, vc.Quote(used), "")
}

// definesExtensions looks at the contexts of a credential or of one that embeds
// it: an embedded node inherits what the outer contexts define.
func definesExtensions(v jsonx.Value) bool {
	contexts := v.Get("@context")
	for c := contexts.First(); c.Exists(); c = c.Next() {
		if c.Kind() == jsonx.Object || c.Text() == ExtensionsContext {
			return true
		}
	}
	return false
}
