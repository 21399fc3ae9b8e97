package casefw_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/stretchr/testify/require"
)

// sized is n, or less in short mode.
func sized(n, short int) int {
	if testing.Short() {
		return short
	}
	return n
}

// endless writes items for as long as they are read, without holding them.
type endless struct {
	g    *generator
	next int
	most int
	b    bytes.Buffer
	read int64
}

func newEndless(items int) *endless {
	e := &endless{g: newGenerator(items, 0), most: items}
	fmt.Fprintf(&e.b, `{"CFDocument":{"identifier":"%s","uri":"%sCFDocuments/%s","creator":"c","title":"t",
		"lastChangeDateTime":"2024-03-01T09:00:00Z"},"CFItems":[`, guidOf(0, 0), host, guidOf(0, 0))
	return e
}

func (e *endless) Read(p []byte) (int, error) {
	for e.b.Len() < len(p) && e.next < e.most {
		if e.next > 0 {
			e.b.WriteByte(',')
		}
		e.g.writeItem(&e.b, e.next)
		if e.next++; e.next == e.most {
			e.b.WriteString("]}")
		}
	}
	n, err := e.b.Read(p)
	e.read += int64(n)
	return n, err
}

func TestMillionFlatItems(t *testing.T) {
	n := sized(1_000_000, 20_000)
	source := newEndless(n)
	before := heap()
	f, report, err := casefw.Load(context.Background(), source, casefw.Options{})
	require.NoError(t, err)
	held := heap() - before
	require.Equal(t, n, f.Len())
	require.Zero(t, report.Counts[casefw.CodeNotJSON])
	require.Less(t, float64(held), 0.4*float64(source.read), "what is held of %d bytes", source.read)
	roots := 0
	for range f.Roots() {
		roots++
	}
	require.Equal(t, n, roots)
	item, ok := f.FindText(guidOf(1, n-1))
	require.True(t, ok)
	require.Equal(t, fmt.Sprintf("C.%d", n-1), item.Code())
	lint := f.Lint(10)
	require.Equal(t, casefw.AcceptWithWarnings, lint.Verdict())
	require.LessOrEqual(t, len(lint.Findings), 100, "a report stays small")
	runtime.KeepAlive(f)
}

// A stream that ends in the middle, at whatever place, is an error that says how
// far it came; it is never a smaller framework.
func TestStreamCutInTheMiddle(t *testing.T) {
	text := generated(60, 80)
	for cut := 1; cut < len(text); cut += 97 {
		f, report, err := casefw.Load(context.Background(), bytes.NewReader(text[:cut]), casefw.Options{})
		requireCode(t, err, casefw.CodeNotJSON)
		require.Nil(t, f)
		require.Equal(t, casefw.Reject, report.Verdict())
		require.Contains(t, err.Error(), "items and")
	}
}

// cutReader gives the beginning of a long stream and then an end or an error.
func TestLongStreamCut(t *testing.T) {
	n := sized(4_000_000, 50_000) // 2 GB
	source := newEndless(n)
	most := int64(n) * 500
	var peak uint64
	_, report, err := casefw.Load(context.Background(), io.LimitReader(source, most), casefw.Options{})
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	peak = m.HeapInuse
	requireCode(t, err, casefw.CodeNotJSON)
	require.Equal(t, casefw.Reject, report.Verdict())
	require.Less(t, float64(peak), 1.2*float64(most)+64e6)
}

func TestReaderErrorsAreNotVerdicts(t *testing.T) {
	broken := errors.New("connection reset")
	text := generated(10, 10)
	_, _, err := casefw.Load(context.Background(), io.MultiReader(bytes.NewReader(text[:500]), failing{broken}), casefw.Options{})
	require.ErrorIs(t, err, broken)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, _, err = casefw.Load(ctx, bytes.NewReader(text), casefw.Options{})
	require.ErrorIs(t, err, context.Canceled)
	_, err = casefw.ValidateStream(context.Background(), failing{broken}, casefw.V1p1, casefw.Options{})
	require.ErrorIs(t, err, broken)
	_, _, err = casefw.Load(context.Background(), idle{}, casefw.Options{})
	require.ErrorIs(t, err, io.ErrNoProgress)
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func TestLimits(t *testing.T) {
	text := generated(100, 100)
	_, _, err := casefw.Load(context.Background(), bytes.NewReader(text), casefw.Options{MaxBytes: 10_000})
	requireCode(t, err, casefw.CodeTooLarge)
	_, _, err = casefw.Parse[casefw.CFPackage](text, casefw.Options{MaxBytes: 10_000})
	requireCode(t, err, casefw.CodeTooLarge)
	long := []byte(`{"CFItems":[{"identifier":"x","fullStatement":"` + strings.Repeat("x", 2<<20) + `"}]}`)
	_, _, err = casefw.Load(context.Background(), bytes.NewReader(long), casefw.Options{MaxRecord: 1 << 20})
	requireCode(t, err, casefw.CodeTooLarge)
	f, _, err := casefw.Load(context.Background(), bytes.NewReader(long), casefw.Options{})
	require.NoError(t, err)
	require.Len(t, f.At(0).Statement(), 2<<20, "a text longer than a chunk of the arena")
	deep := []byte(`{"CFItems":[{"identifier":"x","extensions":{"a":` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}}]}`)
	_, _, err = casefw.LoadBytes(deep, casefw.Options{})
	requireCode(t, err, casefw.CodeNestingTooDeep)
	_, _, err = casefw.LoadBytes(deep, casefw.Options{MaxDepth: 200})
	require.NoError(t, err)
}

func TestFindingsAreBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"CFItems":[`)
	for i := range 5000 {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, `{"identifier":"bad %d","fullStatement":null}`, i)
	}
	b.WriteString(`]}`)
	_, report, err := casefw.LoadBytes([]byte(b.String()), casefw.Options{MaxFindings: 10})
	require.NoError(t, err)
	require.Equal(t, 5000, report.Counts[casefw.CodeIdentifierNotUUID])
	require.LessOrEqual(t, len(report.Findings), 60)
	require.False(t, report.Complete())
}

func TestDeepChain(t *testing.T) {
	n := sized(200_000, 5000)
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(0, 0)}}
	for i := range n {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, i), FullStatement: "s"})
		parent := guidOf(0, 0)
		if i > 0 {
			parent = guidOf(1, i-1)
		}
		p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{Identifier: guidOf(3, i), AssociationType: casefw.IsChildOf,
			OriginNodeURI: &casefw.LinkGenURI{Identifier: guidOf(1, i)}, DestinationNodeURI: &casefw.LinkGenURI{Identifier: parent}})
	}
	f := casefw.NewFramework(p)
	deepest := 0
	for _, depth := range f.Tree() {
		deepest = max(deepest, depth)
	}
	require.Equal(t, n, deepest)
	require.Equal(t, n, f.At(n-1).Depth())
	require.Len(t, f.At(n-1).Path(), n)
	require.Zero(t, f.Lint(0).Counts[casefw.CodeHierarchyCycle])
}

// Everything that walks must end where the tree is a circle, hangs from itself, or
// has every link many times.
func TestCirclesAreSurvived(t *testing.T) {
	link := func(i, from, to int) [3]any { return [3]any{from, casefw.IsChildOf, to} }
	var items []int
	var links [][3]any
	for i := range 50 {
		items = append(items, i)
		links = append(links, link(i, i, (i+1)%50), link(i, i, i))
	}
	f := linked("circle", items, links...)
	require.Equal(t, 50, f.Lint(0).Counts[casefw.CodeHierarchyCycle])
	first := f.At(0)
	n := 0
	for range first.Descendants() {
		n++
	}
	require.Equal(t, 49, n)
	n = 0
	for range first.Ancestors() {
		n++
	}
	require.Equal(t, 49, n)
	require.Len(t, first.Path(), 50)
	for range first.Siblings() {
	}
	for range first.Leaves() {
	}
	for range f.Tree() {
		t.Fatal("a circle has no root")
	}
}

// Many links of one child under one parent, and many items of one identifier, must
// not cost the square of their number.
func TestRepetitionIsCheap(t *testing.T) {
	n := sized(200_000, 20_000)
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(0, 0)}}
	for i := range n {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(1, i%2), FullStatement: "s"})
		p.CFAssociations = append(p.CFAssociations, casefw.CFAssociation{
			Identifier: guidOf(3, 0), AssociationType: casefw.IsChildOf,
			OriginNodeURI:            &casefw.LinkGenURI{Identifier: guidOf(1, 0), Title: fmt.Sprint(i)},
			DestinationNodeURI:       &casefw.LinkGenURI{Identifier: guidOf(1, 1)},
			CFAssociationGroupingURI: &casefw.LinkURI{Identifier: guidOf(4, i)},
		})
	}
	f := casefw.NewFramework(p)
	require.Equal(t, n-2, f.Lint(1).Counts[casefw.CodeDuplicateIdentifier]-(n-1))
	parent, _ := f.FindText(guidOf(1, 1))
	children := 0
	for range parent.Children() {
		children++
	}
	require.Equal(t, 1, children)
	g, err := casefw.ParseGUID(guidOf(4, 7))
	require.NoError(t, err)
	for range parent.ChildrenIn(g) {
		children++
	}
	require.Equal(t, 2, children)
	require.True(t, casefw.Diff(f, f).Empty())
}

// What is built is bounded by what came: many small objects do not become a thousand
// times their bytes, be they documents of a list, items, definitions or parts of rubrics.
func TestManySmallObjectsAreRefused(t *testing.T) {
	many := strings.Repeat("{},", 400_000) + "{}"
	parse := func(text string) error {
		_, _, err := casefw.Parse[casefw.CFPackage]([]byte(text), casefw.Options{})
		return err
	}
	set := func(text string) error {
		_, _, err := casefw.Parse[casefw.CFDocumentSet]([]byte(text), casefw.Options{})
		return err
	}
	load := func(text string) error {
		_, _, err := casefw.Load(context.Background(), strings.NewReader(text), casefw.Options{})
		return err
	}
	for name, c := range map[string]struct {
		text string
		read func(string) error
	}{
		"documents":           {`{"CFDocuments":[` + many + `]}`, set},
		"items":               {`{"CFItems":[` + many + `]}`, parse},
		"concepts":            {`{"CFDefinitions":{"CFConcepts":[` + many + `]}}`, parse},
		"streamed concepts":   {`{"CFDefinitions":{"CFConcepts":[` + many + `]}}`, load},
		"streamed rubrics":    {`{"CFRubrics":[` + many + `]}`, load},
		"parts of one rubric": {`{"CFRubrics":[{"CFRubricCriteria":[` + many + `]}]}`, load},
	} {
		t.Run(name, func(t *testing.T) {
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			err := c.read(c.text)
			runtime.ReadMemStats(&after)
			requireCode(t, err, casefw.CodeTooLarge)
			require.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(64<<20+64*len(c.text)), "bytes that were asked for in all")
		})
	}
	f, _, err := casefw.LoadBytes([]byte(`{"CFItems":[`+many+`]}`), casefw.Options{MaxFindings: 1})
	require.NoError(t, err, "the store takes little for an item without anything")
	require.Equal(t, 400_001, f.Len())
}
