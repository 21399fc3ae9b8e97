package codes_test

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// desk is where inputs are made: good documents, and keys to sign them with.
type desk struct {
	t             *testing.T
	school, other *obtest.Issuer
	curve         *obtest.Issuer // on P-256
}

func newDesk(t *testing.T) *desk {
	return &desk{t, school.Ed(t, 1), school.Ed(t, 2), school.Issuer(t, obtest.P256, 3)}
}

// The good documents.
const (
	badge        = "ob/testdata/minimal.json"
	fullBadge    = "ob/testdata/full.json"
	oldBadge     = "ob/testdata/old.json"
	endorsement  = "ob/testdata/endorsement.json"
	libraryCard  = "ob/testdata/credential.json"
	presentation = "ob/testdata/presentation.json"
	record       = "clr/testdata/record.json"
)

// called are their names.
var called = map[string]string{
	badge: "a badge", fullBadge: "a badge with everything", oldBadge: "a badge on data model 1.1", endorsement: "an endorsement",
	libraryCard: "a library card, which is no badge", presentation: "a presentation", record: "a record", bakers: "a framework",
}

// named says what an input is.
func named(document string, edits []string) string {
	name := called[document]
	for i, e := range edits {
		pointer, value, set := strings.Cut(e, " = ")
		switch {
		case i > 0:
			name += ", "
		default:
			name += " "
		}
		if set {
			name += "with `" + pointer + "`: `" + shortened(value) + "`"
		} else {
			name += "without `" + pointer + "`"
		}
	}
	return name
}

func shortened(text string) string {
	if len(text) > 160 {
		return text[:100] + " … " + text[len(text)-40:]
	}
	return text
}

// draft is a good document, changed: an edit is "/pointer = JSON", or "/pointer" alone
// for a member that is taken out. @school in a value is the issuer.
func (d *desk) draft(document string, edits ...string) string {
	d.t.Helper()
	text, err := os.ReadFile(root + document)
	require.NoError(d.t, err)
	return d.edit(string(text), edits...)
}

// edit changes a JSON text.
func (d *desk) edit(text string, edits ...string) string {
	d.t.Helper()
	node := d.value(text)
	for _, e := range edits {
		pointer, value, set := strings.Cut(e, " = ")
		path := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
		if set {
			node = put(node, path, d.value(strings.ReplaceAll(value, "@school", d.school.ID)))
		} else {
			node = put(node, path, nil)
		}
	}
	out, err := json.Marshal(node)
	require.NoError(d.t, err)
	return string(out)
}

type null struct{}

// MarshalJSON writes null, which is told from nothing.
func (null) MarshalJSON() ([]byte, error) { return []byte("null"), nil }

func (d *desk) value(text string) any {
	d.t.Helper()
	var v any
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	require.NoError(d.t, decoder.Decode(&v), text)
	if v == nil {
		return null{}
	}
	return v
}

// put sets a value, or takes it out where it is nil. "-" is behind the last item.
func put(node any, path []string, value any) any {
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(path[0])
	switch n := node.(type) {
	case []any:
		i, err := strconv.Atoi(name)
		if err != nil {
			return append(n, value)
		}
		if len(path) == 1 && value == nil {
			return append(n[:i:i], n[i+1:]...)
		}
		n[i] = below(n[i], path, value)
		return n
	case map[string]any:
		if len(path) == 1 && value == nil {
			delete(n, name)
			return n
		}
		n[name] = below(n[name], path, value)
		return n
	}
	return put(map[string]any{}, path, value)
}

func below(node any, path []string, value any) any {
	if len(path) == 1 {
		return value
	}
	return put(node, path[1:], value)
}

// signed is a draft of the school with a proof over its JSON, which says nothing of what
// contexts make of it.
func (d *desk) signed(draft string) []byte {
	return school.Sign(d.t, d.school, []byte(draft), func(o *dataintegrity.SignOptions) {
		o.Suite, o.SkipIssuerCheck = dataintegrity.EddsaJcs2022, true
	})
}

// good is the badge, issued by the school, with edits, and signed over its statements.
func (d *desk) good(edits ...string) []byte {
	return school.Sign(d.t, d.school, []byte(d.draft(badge, append([]string{`/issuer/id = "@school"`}, edits...)...)), nil)
}

// inspect is all that a verifier says of a document.
func (d *desk) inspect(credential []byte, c verify.Config) []*vc.Problem {
	d.t.Helper()
	if c.Now == nil {
		c.Now = testkit.Clock
	}
	report, err := verify.Inspect(context.Background(), credential, c)
	require.NoError(d.t, err)
	return reported(report)
}

// reported is all that a report says, of what is embedded too.
func reported(r *verify.Report) (all []*vc.Problem) {
	for _, c := range r.Checks {
		for _, p := range c.Problems {
			if c.Advisory {
				p = p.WithSeverity(vc.SeverityWarning)
			}
			all = append(all, p)
		}
		all = append(all, c.Warnings...)
	}
	for _, n := range r.Nested {
		for _, p := range reported(n.Report) { // it stands by itself, and not beside what is wrong with the whole
			all = append(all, p.WithSeverity(vc.SeverityWarning))
		}
	}
	return append(all, r.Unsigned...)
}

// of is what an error says: each of those that it joins.
func of(err error) []*vc.Problem {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		var all []*vc.Problem
		for _, one := range many.Unwrap() {
			all = append(all, of(one)...)
		}
		return all
	}
	if p := vc.ProblemOf(err); p != nil {
		return []*vc.Problem{p}
	}
	return nil
}
