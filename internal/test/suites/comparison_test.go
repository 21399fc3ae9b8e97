package suites_test

import (
	"context"
	"fmt"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
)

// comparison is one document under both processors. Ours works in its lenient
// mode, which makes the statements that the standard makes and that are signed;
// json-gold's safe mode is off for the same reason.
type comparison struct {
	text []byte // of the document
	w    web    // the context documents

	ours, peer          *rdf.Dataset
	ourForm, peerForm   string // canonical, each by its own side
	ourError, peerError error
}

// compare runs both.
func compare(e *jsonld.Engine, text []byte, w web) *comparison {
	c := &comparison{text: text, w: w, ours: &rdf.Dataset{}}
	c.ourError = c.runOurs(e)
	c.runPeer()
	return c
}

func (c *comparison) runOurs(e *jsonld.Engine) error {
	doc, err := jsonx.Parse(c.text, jsonx.Limits{}, e.Symbols())
	if err != nil {
		return err
	}
	if _, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Mode: jsonld.Lenient}, c.ours); err != nil {
		return err
	}
	c.ourForm, err = form(c.ours, rdf.Options{})
	return err
}

// runPeer runs json-gold over the document and the contexts as they now are.
func (c *comparison) runPeer() {
	defer func() {
		if r := recover(); r != nil {
			c.peerError = fmt.Errorf("panic: %v", r)
		}
	}()
	d, err := goldDataset(c.text, goldOptions("", c.w.lookup))
	if c.peerError = err; err != nil {
		return
	}
	c.peer = fromGold(d) // before json-gold relabels its nodes
	c.peerForm, c.peerError = goldForm(d)
}

// equal reports whether both have the same canonical form, or refuse both.
func (c *comparison) equal() bool {
	if c.ourError != nil || c.peerError != nil {
		return c.ourError != nil && c.peerError != nil
	}
	return c.peerForm == c.ourForm
}

// explain names the deviations that, put right, make both equal; nil where they
// do not. The datasets are then compared with one canonicalisation.
func (c *comparison) explain() []string {
	var names []string
	for _, d := range deviations {
		if d.mend(c) {
			names = append(names, d.name)
		}
		if len(names) > 0 && c.sameDataset() {
			return names
		}
	}
	return nil
}

func (c *comparison) sameDataset() bool {
	if c.ourError != nil || c.peerError != nil {
		return c.equal()
	}
	ours, err := form(c.ours, rdf.Options{})
	if err != nil {
		return false
	}
	peer, err := form(c.peer, rdf.Options{})
	return err == nil && ours == peer
}

// fromGold takes over json-gold's statements, ill-formed IRIs included.
func fromGold(d *ld.RDFDataset) *rdf.Dataset {
	out, labels := &rdf.Dataset{}, map[string]int32{}
	term := func(text string, blank bool) (iri string, node int32) {
		if !blank {
			return text, rdf.NoNode
		}
		n, ok := labels[text]
		if !ok {
			n = out.NewNode()
			labels[text] = n
		}
		return "", n
	}
	for graph, quads := range d.Graphs {
		for _, quad := range quads {
			q := rdf.Quad{GraphNode: rdf.NoNode, ObjectNode: rdf.NoNode, Predicate: quad.Predicate.GetValue()}
			q.Subject, q.SubjectNode = term(quad.Subject.GetValue(), ld.IsBlankNode(quad.Subject))
			if graph != "@default" {
				q.Graph, q.GraphNode = term(graph, strings.HasPrefix(graph, "_:"))
			}
			switch o := quad.Object.(type) {
			case ld.Literal:
				q.Kind, q.Value, q.Suffix = rdf.Literal, o.Value, suffixOf(o)
			case *ld.Literal:
				q.Kind, q.Value, q.Suffix = rdf.Literal, o.Value, suffixOf(*o)
			default:
				q.Value, q.ObjectNode = term(o.GetValue(), ld.IsBlankNode(o))
				if q.ObjectNode != rdf.NoNode {
					q.Kind = rdf.Blank
				}
			}
			out.Add(&q)
		}
	}
	return out
}

// suffixOf is the end of a literal as N-Quads writes it.
func suffixOf(l ld.Literal) string {
	switch {
	case l.Language != "":
		return "@" + l.Language
	case l.Datatype == "" || l.Datatype == ld.XSDString:
		return ""
	}
	return "^^<" + l.Datatype + ">"
}
