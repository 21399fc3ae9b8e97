package exchange_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/exchange"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// form is a choice of the tables that a framework is written as.
type form struct {
	name                                         string
	document, associations, rubrics, definitions bool
}

var forms = []form{
	{"five tables", true, true, true, true},
	{"three sheets", true, true, false, false},
	{"without associations", true, false, true, true},
	{"items alone", false, false, false, false},
}

// round writes a framework in a form and reads it. Nothing is known of the document but
// what the table says.
func (c form) round(t testing.TB, f *casefw.Framework, o exchange.WriteOptions) (*casefw.Framework, *exchange.Report, *exchange.Report) {
	t.Helper()
	var d, i, a, r, e bytes.Buffer
	out, in := exchange.Outputs{Items: &i}, exchange.Tables{Items: &i}
	if c.document {
		out.Document, in.Document = &d, &d
	}
	if c.associations {
		out.Associations, in.Associations = &a, &a
	}
	if c.rubrics {
		out.Rubrics, in.Rubrics = &r, &r
	}
	if c.definitions {
		out.Definitions, in.Definitions = &e, &e
	}
	written, err := exchange.Write(context.Background(), out, f, o)
	require.NoError(t, err)
	p, read, err := exchange.Read(context.Background(), in, exchange.Options{Now: testkit.Clock, MaxCell: 1 << 20,
		MaxMemory: 1 << 30, Separator: o.Separator})
	require.NoError(t, err)
	return casefw.NewFramework(p), written, read
}

// losses are the differences of two frameworks by the words with which a note has to
// tell of them.
type losses map[string][]string

func (l losses) add(word, what string) { l[word] = append(l[word], what) }

// compare holds a framework against what came back, record by record as JSON.
func compare(want, got *casefw.Framework, c form) losses {
	l := losses{}
	p, q := want.Package(), got.Package()
	l.lists("item", texts(p.CFItems), texts(q.CFItems))
	l.lists("associat", texts(p.CFAssociations), texts(q.CFAssociations))
	l.lists("rubric", texts(p.CFRubrics), texts(q.CFRubrics))
	if p.CFDocument != nil && q.CFDocument != nil {
		l.lists("document", texts([]casefw.CFDocument{*p.CFDocument}), texts([]casefw.CFDocument{*q.CFDocument}))
	} else if p.CFDocument != nil || q.CFDocument != nil {
		l.add("no document", "the document")
	}
	l.definitions(p.CFDefinitions, q.CFDefinitions)
	p.CFDocument, p.CFItems, p.CFAssociations, p.CFRubrics, p.CFDefinitions = nil, nil, nil, nil, nil
	q.CFDocument, q.CFItems, q.CFAssociations, q.CFRubrics, q.CFDefinitions = nil, nil, nil, nil, nil
	l.lists("package", texts([]casefw.CFPackage{*p}), texts([]casefw.CFPackage{*q}))
	if c.associations {
		l.lists("tree", outline(want), outline(got))
		if len(l) == 0 && !casefw.Diff(want, got).Empty() { // what is lost is a change to it too
			l.add("diff", "casefw.Diff finds changes")
		}
	}
	return l
}

func (l losses) definitions(a, b *casefw.CFDefinition) {
	a, b = orEmpty(a), orEmpty(b)
	l.lists("concept", texts(a.CFConcepts), texts(b.CFConcepts))
	l.lists("subject", texts(a.CFSubjects), texts(b.CFSubjects))
	l.lists("licence", texts(a.CFLicenses), texts(b.CFLicenses))
	l.lists("item type", texts(a.CFItemTypes), texts(b.CFItemTypes))
	l.lists("grouping", texts(a.CFAssociationGroupings), texts(b.CFAssociationGroupings))
	a.CFConcepts, a.CFSubjects, a.CFLicenses, a.CFItemTypes, a.CFAssociationGroupings = nil, nil, nil, nil, nil
	b.CFConcepts, b.CFSubjects, b.CFLicenses, b.CFItemTypes, b.CFAssociationGroupings = nil, nil, nil, nil, nil
	l.lists("definitions", texts([]casefw.CFDefinition{*a}), texts([]casefw.CFDefinition{*b}))
}

func orEmpty(d *casefw.CFDefinition) *casefw.CFDefinition {
	if d == nil {
		return &casefw.CFDefinition{}
	}
	return d
}

// texts writes records as they were sent.
func texts[R casefw.Resource](list []R) []string {
	all := make([]string, len(list))
	for i := range list {
		all[i] = string(casefw.Append(nil, &list[i], casefw.AsSent))
	}
	return all
}

// outline is the tree with the depth of each item.
func outline(f *casefw.Framework) []string {
	var all []string
	for item, depth := range f.Tree() {
		all = append(all, strings.Repeat(" ", min(depth, 100))+item.Identifier()+" "+item.Statement())
	}
	return all
}

// lists compares two lists whose order says nothing, but that of the tree.
func (l losses) lists(word string, want, got []string) {
	if word != "tree" {
		slices.Sort(want)
		slices.Sort(got)
	}
	for i := range max(len(want), len(got)) {
		switch {
		case i >= len(want):
			l.add(word, "came up: "+got[i])
		case i >= len(got):
			l.add(word, "is lost: "+want[i])
		case want[i] != got[i]:
			from := 0
			for from < min(len(want[i]), len(got[i])) && want[i][from] == got[i][from] {
				from++
			}
			from = max(from-150, 0)
			l.add(word, fmt.Sprintf("%.400q\n\tcame back as\n\t%.400q", want[i][from:], got[i][from:]))
		}
	}
}

// noted takes the losses away that a note tells of.
func (l losses) noted(reports ...*exchange.Report) losses {
	var said strings.Builder
	for _, r := range reports {
		for _, p := range r.Findings {
			if p.Code == exchange.CodeNotExported || p.Code == exchange.CodeOutsideTree {
				said.WriteString(p.Message + " " + p.Found + " " + p.Fix + "\n")
			}
		}
	}
	for word := range l {
		if strings.Contains(said.String(), word) {
			delete(l, word)
		}
	}
	return l
}

// Each published framework comes back from its five tables as it was, member by member,
// and from fewer tables with what these have no place for noted.
func TestPublishedFrameworksComeBack(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(testkit.Shared(t, "case/packages/real"), "*.json"))
	require.NoError(t, err)
	require.Greater(t, len(files), 10)
	for _, file := range files {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		f, _, err := casefw.LoadBytes(text, casefw.Options{})
		if err != nil {
			continue // a stub, and a page of an error
		}
		for _, c := range forms {
			t.Run(filepath.Base(file)+"/"+c.name, func(t *testing.T) {
				comesBack(t, f, c, exchange.WriteOptions{})
			})
		}
	}
}

func comesBack(t testing.TB, f *casefw.Framework, c form, o exchange.WriteOptions) {
	t.Helper()
	got, written, read := c.round(t, f, o)
	l := compare(f, got, c)
	if c.name == "five tables" && f.Document() != nil {
		for _, p := range written.Findings { // lists in other forms and empty definitions do not
			require.False(t, p.Code == exchange.CodeNotExported && p.Severity != vc.SeverityAdvice && strings.HasPrefix(p.Pointer, "CF Item"), "%v", p)
		}
	}
	// Links may lead to the other one of an identifier, and those that a reader makes of levels
	// lead to no item without one.
	if written.Has(exchange.CodeDuplicateIdentifier) || written.Has(exchange.CodeOutsideTree) {
		delete(l, "tree")
		delete(l, "diff")
	}
	if l = l.noted(written, read); len(l) == 1 && l["diff"] != nil && (written.Has(exchange.CodeOutsideTree) || !c.associations) {
		return // by the links of the tree that are noted
	}
	for word, what := range l {
		t.Errorf("%s, %d times, the first: %.3000s", word, len(what), what[0])
	}
}
