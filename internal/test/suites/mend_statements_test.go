package suites_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/rdf"
)

// remove takes statements away and reports whether there were any.
func remove(d *rdf.Dataset, unwanted func(*rdf.Quad) bool) bool {
	if d == nil {
		return false
	}
	n := d.Len()
	replace(d, slices.DeleteFunc(d.Quads(), func(q rdf.Quad) bool { return unwanted(&q) }))
	return d.Len() < n
}

// replace gives a dataset other statements about the same nodes.
func replace(d *rdf.Dataset, quads []rdf.Quad) {
	nodes := d.Nodes
	d.Reset()
	d.Nodes = nodes
	for i := range quads {
		d.Add(&quads[i])
	}
}

// rewrite changes literals and reports whether there were any to change.
func rewrite(d *rdf.Dataset, change func(value, suffix string) (string, string)) bool {
	if d == nil {
		return false
	}
	changed, quads := false, d.Quads()
	for i := range quads {
		if q := &quads[i]; q.Kind == rdf.Literal {
			value, suffix := change(q.Value, q.Suffix)
			changed = changed || value != q.Value || suffix != q.Suffix
			q.Value, q.Suffix = value, suffix
		}
	}
	replace(d, quads)
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
	return c.peer != nil && slices.ContainsFunc(c.peer.Quads(), func(q rdf.Quad) bool {
		return q.SubjectNode != rdf.NoNode && (q.SubjectNode == q.ObjectNode || q.SubjectNode == q.GraphNode) ||
			q.ObjectNode != rdf.NoNode && q.ObjectNode == q.GraphNode
	})
}

// repeats mends nothing: the datasets are the same.
func repeats(c *comparison) bool {
	lines := strings.Split(c.peerForm, "\n")
	return len(slices.Compact(lines)) < strings.Count(c.peerForm, "\n")+1
}

// sameStatements mends nothing: the datasets are the same, and only json-gold's
// writing of control characters differs.
func sameStatements(c *comparison) bool {
	return strings.ContainsFunc(c.peerForm, func(r rune) bool { return r < ' ' && r != '\n' || r == 0x7F })
}
