package verify

import (
	"context"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// nested says that a document is part of another; the zero value says that it
// stands alone.
type nested struct {
	depth    int
	role     string
	subject  string // of an endorsement: the id of what it stands on, "" where unknown
	keysOnly bool   // something around it is not authentic: only its key may be requested
}

// entry is one credential of a tree: the outer one, or one that is embedded at any
// depth. The whole tree is laid out before any of it is verified, so that limits are
// met at the same place each time.
type entry struct {
	state     *state
	parent    *entry
	children  []*entry
	value     jsonx.Value // where it stands in its parent's document
	place     nested
	foreign   int            // embedded things that are no credentials
	stranger  jsonx.Value    // the first of them
	deep      jsonx.Value    // the first that stands too deep
	many      jsonx.Value    // the first beyond the number that is verified
	own       int            // bytes, without those of its children
	cutOff    int            // reports that are left out
	number    int            // in the order of the document, 0 for the outer one
	announced bool           // run.each was told
	path      []*vc.Document // the documents around its children, the outer one first
	shared    []string       // pointers, from its own top, to what another may have said
	forged    bool           // its proof is bad, or that of one within it
	beyond    vc.Code        // the limit that was met in it
	evidence  bool           // no part of the tree, but what it is judged by: a status list
}

// layout finds what is embedded in e, in the order of the document.
func (r *run) layout(e *entry) {
	e.own = len(e.state.doc.Bytes())
	walkNested(door.Root(e.state.doc), func(v jsonx.Value, role, subject string) bool {
		switch {
		case e.place.depth >= r.config.Limits.MaxNestedDepth:
			e.deep = v
			return false
		case r.embedded >= r.mostNested:
			e.many = v
			return false
		}
		var doc *vc.Document
		if e.foreign < mostTold || v.Kind() != jsonx.String { // where so much is no credential a token more is none
			doc = r.embeddedDocument(e.state.doc, v)
		}
		if doc == nil {
			if e.foreign++; e.foreign == 1 {
				e.stranger = v
			}
			return true
		}
		r.embedded++
		child := &entry{parent: e, value: v, number: r.embedded, place: nested{depth: e.place.depth + 1, role: role, subject: subject}}
		child.state = r.newState(doc, child)
		e.adopt(child)
		e.own -= len(v.Raw())
		r.layout(child)
		return true
	})
	e.state.entry = e
}

// embeddedDocument is the credential at v: an object, which may be an envelope, or a
// token as a string. It is nil where there is none.
func (r *run) embeddedDocument(around *vc.Document, v jsonx.Value) *vc.Document {
	switch v.Kind() {
	case jsonx.Object:
		if isEnvelope(v) || isCredential(v) {
			return door.Within(around, v)
		}
	case jsonx.String:
		if doc, err := r.parse([]byte(v.Text())); err == nil && doc.Form() == vc.FormJWT {
			return doc
		}
	}
	return nil
}

// isCredential reports whether an object is meant as a credential at all: it says
// something of somebody, and who says so, or that it is a credential.
func isCredential(v jsonx.Value) bool {
	return v.Get("credentialSubject").Exists() &&
		(v.Get("issuer").Exists() || v.Get("proof").Exists() || door.HasType(v, "VerifiableCredential"))
}

// walkNested finds the credentials in root without entering them, where the table
// of the rules has some. subject is the id of what each stands on. yield returns
// false to stop.
func walkNested(at jsonx.Value, yield func(v jsonx.Value, role, subject string) bool) bool {
	for c := at.First(); c.Exists(); c = c.Next() {
		role := rules.RoleOf(c.Name())
		switch {
		case c.Name() == "proof" || c.Name() == "@context":
		case role != "" && c.Kind() == jsonx.Array:
			for item := c.First(); item.Exists(); item = item.Next() {
				if !yield(item, role, jsonx.Content(at.Get("id"))) {
					return false
				}
			}
		case role != "":
			if !yield(c, role, jsonx.Content(at.Get("id"))) {
				return false
			}
		case c.Kind() >= jsonx.Array:
			if !walkNested(c, yield) {
				return false
			}
		}
	}
	return true
}

// tree verifies a credential and everything embedded in it, level by level: what
// may be requested for an embedded one depends on what became of those around it.
func (r *run) tree(ctx context.Context, doc *vc.Document) *state {
	root := &entry{}
	root.state = r.newState(doc, root)
	r.mostNested = min(r.config.Limits.MaxNested, fewNested+len(doc.Bytes())/leastNested)
	r.layout(root)
	r.brought = bring(root)
	root.state.begin(ctx)
	if !root.state.authentic {
		r.requests.narrow(maxKeyRequests)
	}
	for level := root.children; len(level) > 0; level = below(level) {
		r.level(ctx, level)
	}
	conclude(root)
	root.announceAll()
	return root.state
}

// An embedded credential has half a kilobyte at least. What is much smaller on the
// average is no record, and costs its reader the same for each.
const fewNested, leastNested = 64, 256

// maxKeyRequests is how many keys are asked for on behalf of an envelope that nobody
// is held to: enough for the issuers of most records.
const maxKeyRequests = 8

// below are the children of a level.
func below(level []*entry) (next []*entry) {
	for _, e := range level {
		next = append(next, e.children...)
	}
	return next
}

func (r *run) level(ctx context.Context, level []*entry) {
	one := func(ctx context.Context, i int) {
		e := level[i]
		e.place.keysOnly = e.parent.place.keysOnly || !e.parent.state.authentic && !e.parent.state.covered()
		e.state.begin(ctx)
		if len(e.children) == 0 {
			e.state.nested()
			e.state.conclude()
			e.announce()
		}
	}
	if len(level) == 1 {
		one(ctx, 0)
		return
	}
	rounds := rounds{grant: r.requests.grant}
	rounds.each(ctx, len(level), r.config.Limits.Parallel, one)
}

// conclude ends those that have children when these have ended, and hands their
// reports up.
func conclude(e *entry) {
	for _, c := range e.children {
		if len(c.children) > 0 {
			conclude(c)
		}
		s := c.state
		c.forged = c.forged || s.proofState() == ProofBad
		e.state.report.Nested = append(e.state.report.Nested, c.told())
	}
	if e.parent == nil {
		e.cut(e.state.run.embedded)
	}
	e.state.nested()
	e.state.conclude()
}

// adopt adds a child to e. The path to what is embedded in e is written down with the first.
func (e *entry) adopt(child *entry) {
	if e.path == nil {
		if e.parent != nil {
			e.path = e.parent.path
		}
		e.path = append(e.path[:len(e.path):len(e.path)], e.state.doc)
	}
	e.children = append(e.children, child)
}

// told is what is reported of an entry.
func (e *entry) told() Nested {
	s := e.state
	n := Nested{Number: e.number, Pointer: e.value.Pointer(), Role: e.place.role, Proof: s.proofState(), Report: s.report, doc: s.doc,
		shared: e.shared}
	if e.parent != nil {
		n.Within, n.around = e.parent.number, e.parent.path
	}
	return n
}

// announce tells of an entry that its own proof stands for: nothing that is still to be
// found out of the document around it changes what is told.
func (e *entry) announce() {
	if e.state.each != nil && e.state.proofState() == ProofGood {
		e.announced = true
		e.state.each(Embedded{e.told()})
	}
}

// announceAll tells of the others within e, in the order of the document.
func (e *entry) announceAll() {
	if e.state.each == nil {
		return
	}
	for _, c := range e.children {
		if !c.announced {
			c.state.each(Embedded{c.told()})
		}
		c.announceAll()
	}
}

// cut leaves out the reports of embedded credentials for which a report of the
// document's length has no room, and counts them.
func (e *entry) cut(all int) {
	left := reportBase + reportFactor*len(e.state.doc.Bytes()) - outerRoom - outerFactor*e.own
	kept, full := 0, false
	var walk func(*Report, *entry)
	walk = func(r *Report, at *entry) {
		for i := range r.Nested {
			child := at.children[i]
			left -= nestedSize + textSize(r.Nested[i].Pointer) + child.state.room.spent
			if full = full || left < 0; full {
				r.Nested = r.Nested[:i]
				break
			}
			kept++
			walk(r.Nested[i].Report, child)
		}
	}
	walk(e.state.report, e)
	e.cutOff = all - kept
}

const nestedSize = 120 // the names and punctuation around an embedded report
