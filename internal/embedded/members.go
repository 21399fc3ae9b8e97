package embedded

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/vc"
)

const (
	security = "https://w3id.org/security#"
	created  = "http://purl.org/dc/terms/created"
)

// isMember reports whether a proof has a member of that name in the model (Data
// Integrity 1.0, 2.1; jws is that of older proofs).
func isMember(name string) bool {
	switch name {
	case "id", "type", "cryptosuite", "created", "expires", "proofPurpose", "verificationMethod",
		"proofValue", "previousProof", "domain", "challenge", "nonce", "jws":
		return true
	}
	return false
}

// memberMeaning returns the model's name for what a name in a proof means, "" where
// the model has nothing of that meaning. Each keyword but @context is one of them:
// the model writes id and type, and a proof has no use for the rest.
func memberMeaning(meaning string) string {
	switch {
	case meaning == "@id", meaning == "@type":
		return meaning[1:]
	case strings.HasPrefix(meaning, "@"):
		return "no keyword"
	case meaning == created:
		return "created"
	case meaning == security+"expiration":
		return "expires"
	}
	if name, ok := strings.CutPrefix(meaning, security); ok && isMember(name) {
		return name
	}
	return ""
}

// names refuses members that cannot be told by their name alone, and reports whether
// there are members besides those of the model. A name by IRI or keyword could say
// under the same signature what the model's own name says.
func (r *reader) names() (odd bool) {
	for m := r.value.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		switch {
		case name == "@context" || isMember(name):
		case strings.HasPrefix(name, "@") || strings.Contains(name, ":"):
			r.add(namedOtherwise(m, "the names of Data Integrity, such as expires"))
		default:
			odd = true
			r.extension(m)
		}
	}
	for _, name := range [...]string{"id", "challenge", "nonce", "jws"} {
		if v := r.value.Get(name); v.Exists() && (v.Single().Kind() != jsonx.String || strings.HasPrefix(v.Single().Text(), "_:")) {
			r.add(malformed(v, "one string"))
		}
	}
	r.texts("domain", proof.CodeProofMalformed)
	return odd
}

// namedOtherwise is about a member whose name is not the model's own for what it
// means: the end of a proof could be hidden behind the IRI that expires stands for,
// or behind another term of that IRI.
func namedOtherwise(m jsonx.Value, expected string) *vc.Problem {
	return problem(proof.CodeProofMalformed, m.Pointer(), vc.Quote(m.Name()), expected)
}

func malformed(v jsonx.Value, expected string) *vc.Problem {
	return problem(proof.CodeProofMalformed, v.Pointer(), v.Kind().String(), expected)
}

// extension looks into a member that the model does not have. It may not say
// anything of the proof itself, which an object of the proof's id would, nor hold
// names that the proof may not have.
func (r *reader) extension(v jsonx.Value) {
	if v.Kind() == jsonx.Object {
		if id := idOf(v); id != "" && (id == idOf(r.value) || strings.HasPrefix(id, "_:")) {
			r.add(problem(proof.CodeProofMalformed, v.Pointer(), vc.Quote(id), "an id of its own, or none"))
		}
	}
	for m := v.First(); m.Exists() && len(r.problems) < mostFaults; m = m.Next() {
		name := m.Name()
		switch {
		case name == "@value" || name == "@language" || name == "@direction":
		case v.Kind() == jsonx.Object && (strings.HasPrefix(name, "@") || strings.Contains(name, ":")):
			r.add(namedOtherwise(m, "a term that the contexts define"))
		default:
			r.extension(m)
		}
	}
}

// text reads a member that must be one string. An array of one is its value.
func (r *reader) text(name string, required bool) string {
	v := r.value.Get(name)
	switch one := v.Single(); {
	case one.Kind() == jsonx.String && one.Text() != "":
		return one.Text()
	case v.Exists():
		r.add(malformed(v, "one string, and not empty"))
	case required:
		r.add(words.Problem(proof.CodeProofMalformed, "", "no "+name))
	}
	return ""
}

// texts reads a member that may be one string or several. No string stands there
// twice: in RDF it is the same as once.
func (r *reader) texts(name string, code vc.Code) []jsonx.Value {
	items := r.value.Get(name).Items()
	seen := make(map[string]bool, max(len(items)-1, 0))
	for _, item := range items {
		text := jsonx.Content(item)
		if text == "" || strings.HasPrefix(text, "_:") || seen[text] {
			found := item.Kind().String()
			if text != "" {
				found = vc.Quote(text)
			}
			r.add(problem(code, item.Pointer(), found, "a string, or several that differ"))
			return nil
		}
		if len(items) > 1 {
			seen[text] = true
		}
	}
	return items
}
