package reading_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/reading"
)

func repeat(n int, item func(i int) string) string {
	items := make([]string, n)
	for i := range items {
		items[i] = item(i)
	}
	return strings.Join(items, ",")
}

// No more is told than the limit, and that there was more.
func TestFindingsAreBounded(t *testing.T) {
	many := badgeUnder(ext, `"more":[`+repeat(300, func(i int) string { return fmt.Sprintf(`{"@id":"urn:%d"}`, i) })+`],`, "", "")
	lines := judged(t, many)
	require.Len(t, lines, 101)
	require.Contains(t, lines, "refuse more-findings ")
	warnings := badge("", `"result":[`+repeat(300, func(int) string { return `{"type":["Result","https://x.example/T"]}` })+`],`, "")
	lines = judged(t, warnings)
	require.Len(t, lines, 101)
	require.Contains(t, lines, "warn more-findings ")
}

// The reporter ends the judging.
func TestReporterStops(t *testing.T) {
	x, err := expand(badgeUnder(ext, `"ext":["a",null,null,null],`, "", ""))
	require.NoError(t, err)
	count := 0
	require.NoError(t, reading.Judge(context.Background(), x.input(), func(reading.Finding) bool { count++; return false }))
	require.Equal(t, 1, count)
}

// A cancelled context ends a large document with its error.
func TestContextIsHonoured(t *testing.T) {
	x, err := expand(badge("", `"result":[`+repeat(5000, func(int) string { return `{"type":["Result"]}` })+`],`, ""))
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	require.ErrorIs(t, reading.Judge(ctx, x.input(), func(reading.Finding) bool { return true }), context.Canceled)
}

// Repeats within repeats are compared again at each depth; that ends, and says so.
func TestComparingIsBounded(t *testing.T) {
	text := `{"list":[` + repeat(3000, func(i int) string { return fmt.Sprint(`"`, i, `"`) }) + `]}`
	for i := range 28 {
		text = fmt.Sprintf(`[{"id":"urn:%d","more":%s},{"id":"urn:%d","more":"urn:y"}]`, i, text, i)
	}
	x, err := expand(badgeUnder(ext, `"more":`+text+`,`, "", ""))
	require.NoError(t, err)
	in := x.input()
	in.Off = reading.GuardRepeats
	lines := outline(t, in)
	require.Contains(t, lines, "refuse judge-limit ")
}

// Without a trace the JSON itself is signed, and there is nothing to judge.
func TestNothingToJudge(t *testing.T) {
	x, err := expand(badgeUnder(ext, `"ext":["a",null],`, "", ""))
	require.NoError(t, err)
	in := x.input()
	in.Trace = nil
	require.Empty(t, outline(t, in))
}

// Only a good proof makes an embedded credential a document of its own.
func TestProofsThatAreNotGood(t *testing.T) {
	text := record("", "", signed(entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", ""))), signed(entry("urn:b2", school, `"id":"did:key:zS",`, achievement("urn:a2", ""))))
	x, err := expand(text)
	require.NoError(t, err)
	for proof, want := range map[reading.Proof]string{reading.Good: "pass", reading.Undecided: "refuse", reading.Bad: "refuse", reading.None: "refuse"} {
		in := x.input()
		in.Embedded = func(jsonx.Value) reading.Proof { return proof }
		require.Equal(t, want, verdict(outline(t, in)), proof)
		in.Interchangeable = true
		lines := outline(t, in)
		require.NotEqual(t, "refuse", verdict(lines), "%v: %q", proof, lines)
	}
}

// Copies from a signed credential are warned of by their own guard.
func TestCopiesHaveAGuard(t *testing.T) {
	for _, s := range shapes {
		x, err := expand(s.text)
		require.NoError(t, err)
		in := x.input()
		in.Off = reading.GuardCopies
		require.NotContains(t, strings.Join(outline(t, in), "\n"), "warn interchangeable", s.name)
	}
}

// An embedded credential is judged within the document that it stands in, by a trace
// of its own.
func TestEmbeddedOnItsOwn(t *testing.T) {
	inner := entry("urn:b1", school, `"id":"did:key:zS",`, achievement("urn:a1", `"creator":`+profile("did:key:zI", `"email":"a@s.example",`)+`,`))
	doc, err := jsonx.Parse([]byte(record("", "", signed(entry("urn:b0", school, "", achievement("urn:a0", ""))), signed(inner))), jsonx.Limits{}, engine.Symbols())
	require.NoError(t, err)
	x, err := expandValue(doc.Root().Get("credentialSubject").Get("verifiableCredential").First().Next())
	require.NoError(t, err)
	at := "/credentialSubject/verifiableCredential/1/credentialSubject/achievement/creator/"
	require.Equal(t, []string{"refuse node-split " + at + "email", "refuse node-split " + at + "name"}, outline(t, x.input()))
}

// Whatever the document, judging ends without a panic, within its limits, and says the
// same of the document in reverse.
func FuzzJudge(f *testing.F) {
	for _, s := range shapes {
		f.Add([]byte(s.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		x, err := expand(string(text))
		if err != nil && x == nil {
			return
		}
		lines := outline(t, x.input())
		require.LessOrEqual(t, len(lines), 202)
		_ = reading.Plain(x.input().Schema, x.input().Class, x.root)
	})
}

// The plain text of a document is JSON, and has nothing left to replace.
func FuzzPlain(f *testing.F) {
	for _, s := range shapes {
		f.Add([]byte(s.text))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		doc, err := jsonx.Parse(text, jsonx.Limits{}, nil)
		if err != nil || doc.Root().Kind() != jsonx.Object {
			return
		}
		once := plain(t, string(text))
		require.Equal(t, once, plain(t, once))
	})
}
