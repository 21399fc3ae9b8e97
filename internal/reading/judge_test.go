package reading_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/reading"
)

var engine = jsonld.New(jsonld.Config{Documents: contexts.Lookup,
	Policy: jsonld.Policy{AllowNested: true, AllowInline: true, AllowVocab: true}})

// expanded is a document with what its expansion noted.
type expanded struct {
	root  jsonx.Value
	trace jsonld.Trace
	set   rdf.Dataset
}

// expand reads a credential as its proof does. The error is that of the parser or of
// the expansion.
func expand(text string) (*expanded, error) {
	doc, err := jsonx.Parse([]byte(text), jsonx.Limits{Bytes: 64 << 20}, engine.Symbols())
	if err != nil {
		return nil, err
	}
	return expandValue(doc.Root())
}

func expandValue(root jsonx.Value) (*expanded, error) {
	x := &expanded{root: root}
	_, err := engine.ToRDF(context.Background(), jsonld.Input{Root: root, Skip: root.Get("proof"), Trace: &x.trace, Mode: jsonld.Lenient}, &x.set)
	return x, err
}

func (x *expanded) input() reading.Input {
	return reading.Input{Root: x.root, Class: door.ClassOf(x.root), Schema: door.Schema(), Trace: &x.trace, Skip: x.root.Get("proof")}
}

// outline is what findings say, without their words: severity, code and pointer.
func outline(t testing.TB, in reading.Input) (lines []string) {
	t.Helper()
	require.NoError(t, reading.Judge(context.Background(), in, func(f reading.Finding) bool {
		require.NotEmpty(t, f.Code)
		require.True(t, f.At.Exists())
		severity := "refuse "
		if f.Severity == reading.Warn {
			severity = "warn "
		}
		lines = append(lines, severity+f.Code+" "+f.At.Pointer())
		return true
	}))
	slices.Sort(lines)
	return slices.Compact(lines)
}

func judged(t testing.TB, text string) []string {
	t.Helper()
	x, err := expand(text)
	require.NoError(t, err, text)
	return outline(t, x.input())
}

func refused(lines []string) bool {
	return slices.ContainsFunc(lines, func(l string) bool { return strings.HasPrefix(l, "refuse ") })
}

func warned(lines []string) bool { return len(lines) > 0 && !refused(lines) }

// verdict is one of pass, warn, refuse.
func verdict(lines []string) string {
	switch {
	case refused(lines):
		return "refuse"
	case warned(lines):
		return "warn"
	}
	return "pass"
}
