package suites_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// deviation is a way in which json-gold 0.9.1 departs from a standard.
type deviation struct {
	name   string
	peer   string // what json-gold does
	clause string // that decides
	// mend puts it right on json-gold's side, or takes what it concerns away from
	// both, and reports whether there was anything to mend.
	mend func(*comparison) bool
}

// deviations explain every difference between the two processors that the tests
// of this package meet. Those that change the input come first.
var deviations = []deviation{
	{"graph of verifiableCredential", "loses the graph of a term with `@container: @graph` and `@context: null`, such as VCDM 2.0's verifiableCredential",
		"JSON-LD 1.1 API, 5.1.2, step 13.12; test tpr43", mendNullContext},
	{"`@language` of a node", "ends with an error at a node that has an `@language`",
		"JSON-LD 1.1 API, 5.1.2, step 13.4.8: no error; 8.1.2 makes no statement of it", mendNodeLanguage},
	{"errors in a set", "overlooks an error below `@set` and leaves out what stands there", "JSON-LD 1.1 API, 5.1.2, step 13.4.12", mendSets},
	{"equal JSON literals", "panics when one node has two JSON objects for one property", "JSON-LD 1.1 API, 7.2.2, step 4.2",
		noResult("comparing uncomparable type")},
	{"values in graphs", "panics or ends with an error at a graph of mere values", "JSON-LD 1.1 API, 5.1.2, step 19; test t0016",
		noResult("assignment to entry in nil map", "GenerateNodeMap, got <nil>")},
	{"references in lists", "panics at a relative reference in a list", "JSON-LD 1.1 API, 8.3.2; test tli14", noResult("nil pointer dereference", "ld.Node is nil")},
	{"relative `@type`", "states a type that is no IRI", "JSON-LD 1.1 API, 8.1.2: statements that are not well-formed are left out", mendRelativeType},
	{"`@direction`", "leaves out the direction of a text; what is signed keeps it (`rdfDirection` i18n-datatype)",
		"JSON-LD 1.1 API, 8.2.2, step 13", mendDirection},
	{"`@json`", "writes an error message for a JSON literal that is no object, and numbers in another form",
		"JSON-LD 1.1 API, 8.2.2, step 6; RFC 8785", mendJSON},
	{"large numbers", "makes a double of an integer beyond 64 bits", "JSON-LD 1.1 API, 8.2.2, step 10", mendNumbers},
	{"IRIs left out", "leaves out statements with https IRIs that its own pattern for URLs does not match, such as those of 2,083 characters",
		"RFC 3987, 2.2; JSON-LD 1.1 API, 8.1.2", mendUnmatchedIRIs},
	{"ill-formed IRIs", "writes characters into an IRI that N-Quads forbids there", "N-Quads, 2.3 IRIREF; JSON-LD 1.1 API, 8.1.2", mendIllFormed},
	{"language tags", "states a text with an ill-formed language tag", "JSON-LD 1.1 API, 8.2.2: not well-formed; BCP 47, 2.1", mendLanguageTags},
	{"self-references", "hashes a statement that names a node twice as if it named two", "RDFC-1.0, 4.8.3, step 3", namesTwice},
	{"control characters", "writes control characters other than TAB, LF and CR as they are", "RDFC-1.0, appendix A", sameStatements},
}

// mendNullContext exchanges the null context of graphs for one that takes all
// other terms back, which is the same without the loss.
func mendNullContext(c *comparison) bool {
	mended, w, none := false, web{}, map[string]any{"@vocab": nil, "@language": nil}
	documents := map[string]map[string]any{}
	for url, text := range c.w {
		w[url] = text
		var document map[string]any
		if bytes.Contains(c.text, []byte(url)) && json.Unmarshal(text, &document) == nil {
			documents[url] = document
			takeBack(none, document["@context"])
		}
	}
	for url, document := range documents {
		if exchangeNullContexts(document["@context"], none) {
			mended = true
			w[url], _ = json.Marshal(document)
		}
	}
	if mended {
		d := &comparison{text: c.text, w: w}
		d.runPeer()
		if mended = d.peerForm != c.peerForm; mended {
			c.w, c.peer, c.peerForm, c.peerError = w, d.peer, d.peerForm, d.peerError
		}
	}
	return mended
}

// takeBack maps the terms of a context and of its scoped contexts to null.
func takeBack(none map[string]any, local any) {
	for name, definition := range definitions(local) {
		none[name] = nil
		if m, ok := definition.(map[string]any); ok {
			takeBack(none, m["@context"])
		}
	}
}

// exchangeNullContexts changes the definitions of graphs in a local context.
func exchangeNullContexts(v any, none map[string]any) (changed bool) {
	m, _ := v.(map[string]any)
	for name, definition := range m {
		d, _ := definition.(map[string]any)
		if scoped, ok := d["@context"]; ok && scoped == nil && d["@container"] == "@graph" {
			others := maps.Clone(none)
			delete(others, name)
			d["@context"] = others
			changed = true
		} else {
			changed = exchangeNullContexts(definition, none) || changed
		}
	}
	return changed
}

// mendSets writes the values of sets without the sets, where we alone see an error.
func mendSets(c *comparison) bool {
	var document any
	if c.ourError == nil || c.peerError != nil || json.Unmarshal(c.text, &document) != nil {
		return false
	}
	text, _ := json.Marshal(withoutSets(document))
	d := &comparison{text: text, w: c.w}
	d.runPeer()
	c.text, c.peer, c.peerForm, c.peerError = text, d.peer, d.peerForm, d.peerError
	return true
}

func withoutSets(v any) any {
	switch v := v.(type) {
	case []any:
		for i := range v {
			v[i] = withoutSets(v[i])
		}
	case map[string]any:
		if set, ok := v["@set"]; ok {
			return withoutSets(set)
		}
		for name, value := range v {
			if name != "@context" {
				v[name] = withoutSets(value)
			}
		}
	}
	return v
}

// noResult takes our statements for json-gold's where it ended with one of the
// messages: there is nothing to compare.
func noResult(messages ...string) func(*comparison) bool {
	return func(c *comparison) bool {
		if c.ourError != nil || c.peerError == nil ||
			!slices.ContainsFunc(messages, func(m string) bool { return strings.Contains(c.peerError.Error(), m) }) {
			return false
		}
		c.peer, c.peerForm, c.peerError = c.ours, c.ourForm, nil
		return true
	}
}

// mendNodeLanguage takes the languages of nodes out of the document.
func mendNodeLanguage(c *comparison) bool {
	var document any
	if c.peerError == nil || json.Unmarshal(c.text, &document) != nil || !dropNodeLanguages(document) {
		return false
	}
	text, _ := json.Marshal(document)
	d := &comparison{text: text, w: c.w}
	d.runPeer()
	c.text, c.peer, c.peerForm, c.peerError = text, d.peer, d.peerForm, d.peerError
	return true
}

func dropNodeLanguages(v any) (changed bool) {
	switch v := v.(type) {
	case []any:
		for _, item := range v {
			changed = dropNodeLanguages(item) || changed
		}
	case map[string]any:
		if v["@language"] != nil && v["@value"] == nil {
			delete(v, "@language")
			changed = true
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			if name != "@context" {
				changed = dropNodeLanguages(v[name]) || changed
			}
		}
	}
	return changed
}

// remove takes statements away and reports whether there were any.
func remove(d *rdf.Dataset, unwanted func(*rdf.Quad) bool) bool {
	if d == nil {
		return false
	}
	n := len(d.Quads)
	d.Quads = slices.DeleteFunc(d.Quads, func(q rdf.Quad) bool { return unwanted(&q) })
	return len(d.Quads) < n
}

// rewrite changes literals and reports whether there were any to change.
func rewrite(d *rdf.Dataset, change func(value, suffix string) (string, string)) bool {
	if d == nil {
		return false
	}
	changed := false
	for i := range d.Quads {
		if q := &d.Quads[i]; q.Kind == rdf.Literal {
			value, suffix := change(q.Value, q.Suffix)
			changed = changed || value != q.Value || suffix != q.Suffix
			q.Value, q.Suffix = value, suffix
		}
	}
	return changed
}

// iris are the IRIs of a statement.
func iris(q *rdf.Quad) []string {
	all := []string{q.Predicate}
	if q.SubjectNode == rdf.NoNode {
		all = append(all, q.Subject)
	}
	if q.Kind == rdf.IRI {
		all = append(all, q.Value)
	}
	if q.Graph != "" {
		all = append(all, q.Graph)
	}
	if iri, ok := strings.CutPrefix(q.Suffix, "^^<"); ok {
		all = append(all, strings.TrimSuffix(iri, ">"))
	}
	return all
}

func isAbsolute(iri string) bool {
	colon := strings.IndexByte(iri, ':')
	return colon > 0 && !strings.ContainsAny(iri[:colon], "/?#")
}

func mendRelativeType(c *comparison) bool {
	return remove(c.peer, func(q *rdf.Quad) bool { return q.Predicate == ld.RDFType && q.Kind == rdf.IRI && !isAbsolute(q.Value) })
}

const i18n = "^^<https://www.w3.org/ns/i18n#"

// mendDirection takes the directions away from our texts.
func mendDirection(c *comparison) bool {
	return rewrite(c.ours, func(value, suffix string) (string, string) {
		tag, ok := strings.CutPrefix(suffix, i18n)
		if !ok {
			return value, suffix
		}
		if tag, _, _ = strings.Cut(tag, "_"); tag != "" {
			tag = "@" + tag
		}
		return value, tag
	})
}

const rdfJSON = "^^<http://www.w3.org/1999/02/22-rdf-syntax-ns#JSON>"

// mendJSON makes all JSON literals the same where json-gold has wrong ones.
func mendJSON(c *comparison) bool {
	wrong := false
	blank := func(value, suffix string) (string, string) {
		if suffix != rdfJSON {
			return value, suffix
		}
		wrong = wrong || !strings.HasPrefix(value, "{")
		return "", suffix
	}
	rewrite(c.peer, blank)
	rewrite(c.ours, blank)
	return wrong
}

// mendNumbers writes large integers as json-gold does.
func mendNumbers(c *comparison) bool {
	return rewrite(c.ours, func(value, suffix string) (string, string) {
		if _, err := strconv.ParseInt(value, 10, 64); !errors.Is(err, strconv.ErrRange) || strings.HasPrefix(suffix, "@") {
			return value, suffix
		}
		f, _ := strconv.ParseFloat(value, 64)
		return ld.GetCanonicalDouble(f), strings.ReplaceAll(suffix, ld.XSDInteger, ld.XSDDouble)
	})
}

func mendUnmatchedIRIs(c *comparison) bool {
	return remove(c.ours, func(q *rdf.Quad) bool {
		return slices.ContainsFunc(iris(q), func(iri string) bool { return strings.HasPrefix(iri, "http") && !ld.IsURL(iri) })
	})
}

func mendIllFormed(c *comparison) bool {
	return remove(c.peer, func(q *rdf.Quad) bool {
		return slices.ContainsFunc(iris(q), func(iri string) bool {
			return strings.ContainsAny(iri, "<>\"{}|^`\\") || strings.ContainsFunc(iri, func(r rune) bool { return r <= ' ' })
		})
	})
}

func mendLanguageTags(c *comparison) bool {
	return remove(c.peer, func(q *rdf.Quad) bool {
		tag, ok := strings.CutPrefix(q.Suffix, "@")
		return ok && slices.ContainsFunc(strings.Split(tag, "-"), func(s string) bool {
			return s == "" || len(s) > 8 || strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789") != ""
		})
	})
}

// namesTwice mends nothing: the datasets are the same.
func namesTwice(c *comparison) bool {
	return c.peer != nil && slices.ContainsFunc(c.peer.Quads, func(q rdf.Quad) bool {
		return q.SubjectNode != rdf.NoNode && (q.SubjectNode == q.ObjectNode || q.SubjectNode == q.GraphNode) ||
			q.ObjectNode != rdf.NoNode && q.ObjectNode == q.GraphNode
	})
}

// sameStatements mends nothing: the datasets are the same, and only json-gold's
// writing of control characters differs.
func sameStatements(c *comparison) bool {
	return strings.ContainsFunc(c.peerForm, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7F })
}
