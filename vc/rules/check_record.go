package rules

import (
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

func checkRecord20(w *shape.Walk, v jsonx.Value) {
	recordKind.check20(w, v)
	checkNewerTerms(w, v)
}

func checkRecord11(w *shape.Walk, v jsonx.Value) {
	recordKind.check11(w, v)
	checkNewerTerms(w, v)
}

// checkNewerTerms looks for terms that an older context of records lacks.
func checkNewerTerms(w *shape.Walk, v jsonx.Value) {
	if definesAll(v.Get("@context")) {
		return
	}
	for _, term := range [...]jsonx.Value{v.Get("partial"), v.Get("credentialSubject").Single().Get("identifier")} {
		if term.Exists() {
			w.Fault(string(CodeNewerContext), term, vc.Quote(term.Name()), vc.Quote(RecordContext))
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
		first = first || c.Text() == recordPrefix+".json"
	}
	return !first
}
