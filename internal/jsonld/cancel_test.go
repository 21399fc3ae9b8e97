package jsonld_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// wide are documents with n of one thing, for each loop over what a stranger wrote.
func wide(n int) map[string]string {
	times := func(each string) string {
		var b strings.Builder
		for i := range n {
			if i > 0 {
				b.WriteByte(',')
			}
			if strings.Contains(each, "%d") {
				fmt.Fprintf(&b, each, i)
			} else {
				b.WriteString(each)
			}
		}
		return b.String()
	}
	return map[string]string{
		"numbers":           inContext(`"p": [` + times("1") + `]`),
		"nulls":             inContext(`"q": 1, "p": [` + times("null") + `]`),
		"empty arrays":      inContext(`"q": 1, "p": [` + times("[]") + `]`),
		"texts":             inContext(`"p": [` + times(`"%d"`) + `]`),
		"links":             inContext(`"link": [` + times(`"urn:%d"`) + `]`),
		"items of a list":   inContext(`"list": [` + times("1") + `]`),
		"lists":             inContext(`"p": [` + times(`{"@list": [1]}`) + `]`),
		"values":            inContext(`"p": [` + times(`{"@value": 1}`) + `]`),
		"nodes":             inContext(`"p": [` + times(`{"q": 1}`) + `]`),
		"members":           inContext(times(`"ex:%d": 1`)),
		"unknown members":   inContext(times(`"u%d": 1`)),
		"types of a value":  inContext(`"q": 1, "p": [` + times(`{"@value": "x", "@type": "ex:T"}`) + `]`),
		"languages":         inContext(`"texts": {` + times(`"a-%d": "x"`) + `}`),
		"of one language":   inContext(`"texts": {"en": [` + times(`"x"`) + `]}`),
		"an index":          inContext(`"index": {` + times(`"i%d": 1`) + `}`),
		"reversed":          inContext(`"@reverse": {` + times(`"ex:%d": {"id": "urn:x"}`) + `}`),
		"nested members":    inContext(`"@nest": [` + times(`{}`) + `], "p": 1`),
		"included":          inContext(`"p": 1, "@included": [` + times(`{"q": 1}`) + `]`),
		"a graph":           inContext(`"p": 1, "@graph": [` + times(`{"q": 1}`) + `]`),
		"a JSON literal":    `{"@context": {"j": {"@id": "urn:j", "@type": "@json"}}, "j": [` + times("1") + `]}`,
		"a document's list": `[` + times(`{"@id": "urn:%d", "urn:p": 1}`) + `]`,
	}
}

// Expansion looks at its context all along, whatever there is much of, and stops
// soon after its end.
func TestExpansionIsCancelled(t *testing.T) {
	const n = 1 << 15
	for name, text := range wide(n) {
		t.Run(name, func(t *testing.T) {
			doc, err := jsonx.Parse([]byte(text), jsonx.Limits{}, nil)
			require.NoError(t, err)
			run := func(after int) (*testkit.Ending, error) {
				e := jsonld.New(jsonld.Config{Policy: permissive})
				ctx := &testkit.Ending{Context: context.Background(), After: after}
				_, err := e.ToRDF(ctx, jsonld.Input{Root: doc.Root(), Mode: jsonld.Lenient}, new(rdf.Dataset))
				return ctx, err
			}
			ctx, err := run(0)
			if err != nil { // what was dropped is too much to tell
				requireCode(t, jsonld.CodeTooManyDrops, err)
			}
			require.GreaterOrEqual(t, ctx.Looks, n/1024, "looked at too seldom")
			for _, after := range []int{1, ctx.Looks / 2, ctx.Looks - 1} {
				ctx, err := run(after)
				require.ErrorIs(t, err, context.Canceled)
				require.LessOrEqual(t, ctx.Looks, after+2, "went on after the end")
			}
		})
	}
}

// A document lists sixteen contexts at one place, wherever that is, and no more,
// however often it repeats one.
func TestListedContexts(t *testing.T) {
	w := web{"https://c.example/a": `{"@context": {"p": "urn:p"}}`, "https://c.example/b": `{"@context": {"q": "urn:q"}}`}
	e := jsonld.New(jsonld.Config{Documents: w.lookup, Policy: jsonld.Policy{AllowNested: true}})
	for _, urls := range []string{`"https://c.example/a"`, `"https://c.example/a","https://c.example/b"`} {
		list := func(n int) string {
			all := strings.Split(strings.Repeat(urls+",", n), ",")
			return "[" + strings.Join(all[:n], ",") + "]"
		}
		for n, good := range map[int]bool{1: true, 15: true, 16: true, 17: false, 1000: false} {
			for _, text := range []string{
				`{"@context": ` + list(n) + `, "p": 1}`,
				`{"@context": "https://c.example/a", "p": {"@context": ` + list(n) + `, "p": 1}}`,
				`{"@context": "https://c.example/a", "p": [{"@id": "urn:x"}, {"p": {"@context": ` + list(n) + `, "p": 1}}]}`,
			} {
				_, err := expand(t, e, jsonld.Strict, text)
				if good {
					require.NoError(t, err)
				} else {
					requireCode(t, jsonld.CodeContextTooMany, err)
				}
			}
		}
	}
}

// Keep gives the dataset of a document that has only these items of what is left out.
func TestKeep(t *testing.T) {
	e := jsonld.New(jsonld.Config{Policy: permissive})
	items := []string{`{"id": "urn:0", "q": 0}`, `{"id": "urn:1", "q": 1}`, `{"id": "urn:2", "q": 2}`}
	document := func(member string, kept []string) string {
		return inContext(`"id": "urn:s", "p": 1, "` + member + `": [` + strings.Join(kept, ",") + `]`)
	}
	for _, member := range []string{"graph", "list", "q"} {
		for set := range 1 << len(items) {
			doc, err := jsonx.Parse([]byte(document(member, items)), jsonx.Limits{}, nil)
			require.NoError(t, err)
			skip := doc.Root().Get(member)
			var keep []jsonx.Value
			var kept []string
			for i, item := range skip.Items() {
				if set>>i&1 == 1 {
					keep, kept = append(keep, item), append(kept, items[i])
				}
			}
			var d rdf.Dataset
			_, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Skip: skip, Keep: keep}, &d)
			require.NoError(t, err)
			want := inContext(`"id": "urn:s", "p": 1`)
			if len(kept) > 0 {
				want = document(member, kept)
			}
			expected, err := expand(t, e, jsonld.Strict, want)
			require.NoError(t, err)
			require.Equal(t, expected, canonical(t, &d))
		}
	}
}
