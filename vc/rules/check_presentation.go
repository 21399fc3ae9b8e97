package rules

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

func checkPresentation20(w *shape.Walk, v jsonx.Value) {
	checkContexts(w, v, vc.ContextV2)
	presented(v, func(c jsonx.Value, holder bool) {
		if c.Kind() != jsonx.Object {
			w.Fault(string(CodeMemberKind), c, "", "an object; a token goes into an EnvelopedVerifiableCredential")
			return
		}
		checkPresented(w, c, holder)
	})
}

// checkPresentation11 takes tokens as strings, as VCDM 1.1, 6.3.1 writes them.
func checkPresentation11(w *shape.Walk, v jsonx.Value) {
	checkContexts(w, v, vc.ContextV1)
	presented(v, func(c jsonx.Value, holder bool) {
		switch c.Kind() {
		case jsonx.Object:
			checkPresented(w, c, holder)
		case jsonx.String:
			if checkJWS(c.Text()) != "" {
				w.Fault(string(vc.CodeTokenMalformed), c, "", "a compact JWS")
			}
		default:
			w.Fault(string(CodeMemberKind), c, "", "an object or a compact JWS")
		}
	})
}

func presented(v jsonx.Value, check func(c jsonx.Value, holder bool)) {
	list, holder := v.Get("verifiableCredential"), v.Get("holder").Exists()
	if list.Kind() != jsonx.Array {
		if list.Exists() {
			check(list, holder)
		}
		return
	}
	for c := list.First(); c.Exists(); c = c.Next() {
		check(c, holder)
	}
}

// checkPresented judges a credential within a presentation by its own kind.
func checkPresented(w *shape.Walk, c jsonx.Value, holder bool) {
	t := c.Get("type")
	if holds(t, "EnvelopedVerifiableCredential") || !t.Exists() && strings.HasPrefix(c.Get("id").Text(), "data:") {
		w.Enter("EnvelopedVerifiableCredential", c)
		return
	}
	if !w.SkipsEmbedded() {
		w.Enter(nestedKind(c), c)
	}
	if !c.Get("proof").Exists() && !holder {
		w.Fault(string(CodeUnsecured), c, "", "")
	}
}

// checkEnveloped is VCDM 2.0, 4.13.2: the base context, and a data: URL.
func checkEnveloped(w *shape.Walk, v jsonx.Value) {
	if base := baseContext(v); base != vc.ContextV2 {
		w.Report(shape.Fault{Code: string(CodeContextBase), At: v, Absent: "@context", Expected: vc.Quote(vc.ContextV2)})
	}
	id := v.Get("id")
	if media, _, err := dataurl.Parse(id.Text()); id.Kind() == jsonx.String && (err != nil || !strings.HasPrefix(media, "application/")) {
		w.Fault(string(CodeEnvelope), id, "", "a data: URL of a secured credential, such as data:application/vc+jwt,…")
	}
}

func checkRelatedResource(w *shape.Walk, v jsonx.Value) {
	if !v.Get("digestSRI").Exists() && !v.Get("digestMultibase").Exists() {
		w.Fault(string(CodeRelatedDigest), v, "", "digestSRI or digestMultibase")
	}
}

// checkRelatedResources compares the ids of the resources with one another.
func checkRelatedResources(w *shape.Walk, list jsonx.Value) {
	if list.Kind() != jsonx.Array || list.Len() < 2 {
		return
	}
	seen := make(map[string]bool, list.Len())
	for r := list.First(); r.Exists(); r = r.Next() {
		id := r.Get("id")
		if id.Kind() != jsonx.String {
			continue
		}
		if seen[id.Text()] {
			w.Fault(string(CodeRelatedRepeated), id, "", "")
		}
		seen[id.Text()] = true
	}
}
