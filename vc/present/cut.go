package present

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/sdjwt"
	"github.com/laurel-edu/laurel/vc"
)

// Excerpt is what of a credential is sent, with what that tells. It is immutable.
type Excerpt struct {
	held   *Held
	sent   []byte
	doc    *vc.Document
	anyway bool
	seen   *Seen
	hidden []Learned
	unmet  []*vc.Problem
}

// Cut makes of a credential what its holder chooses to show of it: a derived proof, or fewer
// disclosures. One that cannot be cut is the credential itself, and what was to be hidden of
// it is unmet. Nothing is signed and nothing fetched; contexts are those of one's own, nil for
// none. The error is that of [Read], one of a choice that makes no sense, or a [*vc.Problem]
// for what the mechanism cannot do.
func Cut(ctx context.Context, credential []byte, c Choice, contexts *dataintegrity.Contexts) (*Excerpt, error) {
	held, err := Read(credential)
	if err != nil {
		return nil, err
	}
	chosen, err := c.apply(held.doc)
	if err != nil {
		return nil, err
	}
	sent, err := held.cut(ctx, chosen, contexts)
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	doc, err := vc.Parse(sent)
	if err != nil {
		return nil, fmt.Errorf("present: %w", err)
	}
	e := &Excerpt{held: held, sent: sent, doc: doc, anyway: c.Anyway}
	if c.Only != nil && held.mechanism == MechanismWhole {
		chosen.wishes = append(chosen.wishes, found{"", door.Root(held.doc), door.Root(held.doc)})
	}
	e.explain(chosen)
	return e, nil
}

func (h *Held) cut(ctx context.Context, c *chosen, contexts *dataintegrity.Contexts) ([]byte, error) {
	switch h.mechanism {
	case MechanismStatements:
		o := dataintegrity.DeriveOptions{Contexts: contexts, Hide: c.pointers(h.doc)}
		if len(o.Hide) == 0 {
			o.Pointers = []string{""}
		}
		return dataintegrity.Derive(ctx, h.Bytes(), o)
	case MechanismDisclosures:
		return sdjwt.Present(ctx, h.Bytes(), sdjwt.PresentOptions{Disclose: h.disclosed(c)})
	}
	return h.Bytes(), nil
}

// pointers are those to what is hidden.
func (c *chosen) pointers(doc *vc.Document) (all []string) {
	root := door.Root(doc)
	for _, v := range c.hidden {
		all = append(all, pathOf(v, root))
	}
	return all
}

// disclosed are the disclosures of an SD-JWT that hide what is to be hidden. What is hidden by
// no disclosure of its own is hidden with the one that it stands in.
func (h *Held) disclosed(c *chosen) []string {
	var all []string
	for _, d := range door.DisclosedIn(h.doc).Disclosures {
		all = append(all, d.Path())
	}
	for i, at := range c.pointers(h.doc) {
		if c.demanded(c.hidden[i]) && inClear(c.hidden[i], at, all) {
			at = around(at, all)
		}
		all = slices.DeleteFunc(all, func(d string) bool { return at != "" && within(d, at) })
	}
	return all
}

// within reports whether a pointer leads to what another does, or into it.
func within(pointer, other string) bool {
	return pointer == other || strings.HasPrefix(pointer, other+"/")
}

// around is the innermost disclosure that a pointer leads into, the pointer where there is
// none.
func around(at string, disclosures []string) string {
	best := ""
	for _, d := range disclosures {
		if within(at, d) && len(d) > len(best) {
			best = d
		}
	}
	if best == "" {
		return at
	}
	return best
}

// inClear reports whether something of a value stands in no disclosure of its own.
func inClear(v jsonx.Value, at string, disclosures []string) bool {
	if slices.Contains(disclosures, at) {
		return false
	}
	if !v.First().Exists() {
		return true
	}
	i := 0
	for m := v.First(); m.Exists(); m = m.Next() {
		if inClear(m, at+"/"+step(v, m, i), disclosures) {
			return true
		}
		i++
	}
	return false
}

// Bytes returns what is sent: JSON or a token. They must not be changed. The error joins the
// findings of Unmet, where there are some and the choice was not to share anyway.
func (e *Excerpt) Bytes() ([]byte, error) {
	if len(e.unmet) > 0 && !e.anyway {
		var all []error
		for _, p := range e.unmet {
			all = append(all, p)
		}
		return nil, fmt.Errorf("present: %w", errors.Join(all...))
	}
	return e.sent, nil
}

// Held returns the credential that it is an excerpt of.
func (e *Excerpt) Held() *Held { return e.held }

// Seen returns what whoever gets the bytes learns of them, each with why.
func (e *Excerpt) Seen() *Seen { return e.seen }

// Hidden returns what the credential says and the excerpt does not, with pointers into the
// credential as it is held. That something is hidden is seen too: of what the rules require by
// its absence (verify.Report.Withheld), of an SD-JWT by the digests that are left.
func (e *Excerpt) Hidden() []Learned { return e.hidden }

// Unmet returns what was to be hidden and is shown all the same: [CodeShownWhole] or
// [CodeShownAlways], with a pointer into the credential as it is held.
func (e *Excerpt) Unmet() []*vc.Problem { return e.unmet }
