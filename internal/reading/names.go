package reading

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
)

// misnamed judges the name of a member that the class lacks: it is a term, and no
// second name of what the model has a name for.
func (j *judge) misnamed(p shape.Place, v, m jsonx.Value, meaning jsonld.Meaning) bool {
	name := m.Name()
	if !meaning.IsTerm() && strings.IndexByte(name, ':') >= 0 {
		return j.illegible(GuardIRIs, m, "a member named by an IRI", "a term that the contexts define")
	}
	known := j.in.Schema.NamesMember(name)
	own := ""
	j.in.Trace.Named(v, meaning.IRI(), func(term string) bool {
		if term != name && (p.Member(term).Member() != nil || !known && j.in.Schema.NamesMember(term)) && (own == "" || term < own) {
			own = term
		}
		return true
	})
	return own != "" && j.illegible(GuardNames, m, "a second name of "+own, own)
}

// keyword judges a member whose name is a keyword or an alias of one.
func (j *judge) keyword(p shape.Place, v, m jsonx.Value, meaning jsonld.Meaning, f frame) {
	name := m.Name()
	switch meaning.IRI() {
	case "@id":
		if j.renamed(m, "id") {
			return
		}
		if m.Kind() == jsonx.String && !j.blank(m) && !j.compact(v, m) {
			j.identified(p, v, m, f)
		}
	case "@type":
		if !j.renamed(m, "type") {
			j.types(p, v, m)
		}
	case "@value", "@language", "@direction":
		if !f.text || name[0] != '@' || !isLanguageValue(v) {
			j.illegible(GuardKeywords, m, "a value written as an object", "the value itself, or a text with its language")
		}
	default:
		j.illegible(GuardKeywords, m, "a JSON-LD keyword, "+meaning.IRI(), "the compact form")
	}
}

// renamed reports a keyword under another name than the model has for it.
func (j *judge) renamed(m jsonx.Value, own string) bool {
	switch name := m.Name(); {
	case name == own:
		return false
	case name[0] == '@':
		return j.illegible(GuardKeywords, m, "a JSON-LD keyword, "+name, own)
	}
	return j.illegible(GuardAliases, m, "a second name of "+own, own)
}

// isLanguageValue reports whether an object is a text with a language or a
// direction and has no other member.
func isLanguageValue(v jsonx.Value) bool {
	count := 1
	for _, name := range [...]string{"@language", "@direction"} {
		if v.Get(name).Exists() {
			count++
		}
	}
	return count > 1 && v.Len() == count && v.Get("@value").Kind() == jsonx.String
}

// types judges the values of a type member.
func (j *judge) types(p shape.Place, v, m jsonx.Value) {
	if m.Kind() == jsonx.String {
		j.typ(p, v, m, m)
		return
	}
	if m.Len() > 1 {
		j.repeats(shape.Fact{}, m)
	}
	for item := m.First(); item.Exists() && j.step(); item = item.Next() {
		j.typ(p, v, m, item)
	}
}

// typ judges one type: a term, and for a class of the model the model's own. An IRI
// is a second type or one that no context has a term for.
func (j *judge) typ(p shape.Place, v, m, at jsonx.Value) {
	meaning := j.in.Trace.Type(at)
	name := at.Text()
	if class := p.Class(); class != nil && class.Type == name && meaning.IsTerm() {
		return // as nearly always
	}
	if !strings.Contains(meaning.IRI(), ":") || j.blank(at) {
		return // no statement comes of it
	}
	term, class := false, ""
	if meaning.IsTerm() && j.in.Schema.NamesClass(name) {
		return
	}
	j.in.Trace.Named(v, meaning.IRI(), func(t string) bool {
		term = true
		if j.in.Schema.NamesClass(t) && (class == "" || t < class) {
			class = t
		}
		return true
	})
	switch {
	case meaning.IsTerm():
		if class != "" {
			j.illegible(GuardNames, at, "a second name of the class "+class, class)
		}
		return
	case term && !j.isSecond(p, m):
		if j.illegible(GuardNames, at, "a type named by an IRI", "a term that the contexts define") {
			return
		}
	}
	j.tell(Finding{Code: CodeTypeUndefined, Severity: Warn, At: at, Found: "a type that is no term",
		Expected: "a term that the contexts define"})
}

// isSecond reports whether an IRI beside other types leaves what the object is to be
// told from them: where the model has one type for the class. What is asked of a
// credential, a status or a subject goes by any of their types.
func (j *judge) isSecond(p shape.Place, m jsonx.Value) bool {
	class := p.Class()
	if class == nil || class.Type == "" || class.Embedded {
		return false
	}
	for t := m.First(); t.Exists(); t = t.Next() {
		if t.Text() == class.Type {
			return true
		}
	}
	return false
}

// blank reports an identifier of a blank node.
func (j *judge) blank(v jsonx.Value) bool {
	return strings.HasPrefix(v.Text(), "_:") && j.illegible(GuardBlank, v, "an identifier of a blank node", "an IRI, or no id")
}

// compact reports a reference in the object v that is written with a prefix of its
// contexts: foaf:keel.png for http://xmlns.com/foaf/0.1/keel.png.
func (j *judge) compact(v, at jsonx.Value) bool {
	prefix, rest, found := strings.Cut(at.Text(), ":")
	if !found || strings.HasPrefix(rest, "//") || prefix == "did" || prefix == "urn" {
		return false
	}
	return j.in.Trace.Defines(v, prefix).IsPrefix() && j.illegible(GuardPrefixes, at, "an IRI written with a prefix", "the whole IRI")
}
