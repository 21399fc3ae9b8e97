package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
)

// element is one element of a page.
type element struct {
	name  string
	attrs map[string]string
	depth int
}

// parse reads a page as a browser's parser would see it, but for what browsers
// forgive: every element must be closed in its place. It returns the elements and
// the text outside style and script.
func parse(t testing.TB, page []byte) (all []element, text string) {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta", "br", "link"}, xml.HTMLEntity
	var b strings.Builder
	var open []string
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			require.Empty(t, open)
			return all, b.String()
		}
		require.NoError(t, err)
		switch token := token.(type) {
		case xml.StartElement:
			e := element{name: token.Name.Local, attrs: map[string]string{}, depth: len(open)}
			for _, a := range token.Attr {
				e.attrs[a.Name.Local] = a.Value
			}
			all = append(all, e)
			open = append(open, e.name)
		case xml.EndElement:
			require.Equal(t, open[len(open)-1], token.Name.Local)
			open = open[:len(open)-1]
		case xml.CharData:
			if n := len(open); n > 0 && open[n-1] != "style" && open[n-1] != "script" {
				b.Write(token)
			}
		}
	}
}

func render(t testing.TB, texts ...string) (page []byte, log string) {
	t.Helper()
	var out, said bytes.Buffer
	var sources []io.Reader
	for _, text := range texts {
		sources = append(sources, strings.NewReader(text))
	}
	require.NoError(t, run(context.Background(), sources, &out, &said))
	return out.Bytes(), said.String()
}

func both(t testing.TB) []byte {
	page, _ := render(t, string(sample), string(sampleTrade))
	return page
}

// outline writes the items of a page as an indented list of element, code and state.
func outline(t testing.TB, page []byte) string {
	all, _ := parse(t, page)
	var b strings.Builder
	base := -1
	for i, e := range all {
		if !strings.HasPrefix(e.attrs["class"], "item") {
			continue
		}
		if base < 0 {
			base = e.depth
		}
		shown := e.name + " " + e.attrs["id"]
		if e.attrs["class"] == "item see" {
			shown = "see " + all[i+2].attrs["href"]
		}
		if _, open := e.attrs["open"]; open {
			shown += " open"
		}
		b.WriteString(strings.Repeat(" ", e.depth-base) + shown + "\n")
	}
	return regexp.MustCompile(`#?i-[0-9a-f-]{34}`).ReplaceAllString(b.String(), "")
}

func TestTheSampleHasItsTree(t *testing.T) {
	page, log := render(t, string(sample))
	require.Equal(t, `details 01 open
  details 02 open
    div 03
    div 04
  div 05
details 06 open
  div 07
  div 08
  div 09
details 0a open
  div 0b
`, outline(t, page))
	_, text := parse(t, page)
	require.Contains(t, text, "Bleed a hydraulic brake: pressure $p < 60\\,\\mathrm{bar}$ at the lever, no air in the line")
	require.Contains(t, string(page), "<strong>forty hours</strong>")
	require.Equal(t, "Bicycle Mechanic, Level 1\n  CASE 1.1, 11 items, 15 associations, 0 rubrics\n", log)
}

// An item with two parents stands below the first, tells of the other, and is named there.
func TestAlsoUnder(t *testing.T) {
	page, _ := render(t, string(sampleTrade))
	require.Equal(t, `details 01 open
  div 02
  div 06
details 03 open
  div 04
  div 05
  see 06
`, outline(t, page))
	item := around(t, page, "i-b81d4fae-7dec-41d0-a765-00a0c91ee006")
	require.Contains(t, item, "also under B Réparer")
	require.NotContains(t, item, "also under A")

	text := strings.Replace(string(sampleTrade), `"sequenceNumber": 1`, `"sequenceNumber": 9`, 1) // B before A
	page, _ = render(t, text)
	item = around(t, page, "i-b81d4fae-7dec-41d0-a765-00a0c91ee006")
	require.Contains(t, item, "also under A Diagnostiquer")
	require.NotContains(t, item, "also under B")
}

// around is the text of an element of a page and of what is in it.
func around(t testing.TB, page []byte, id string) string {
	t.Helper()
	d := xml.NewDecoder(bytes.NewReader(page))
	d.Strict, d.AutoClose, d.Entity = false, []string{"meta", "br", "link"}, xml.HTMLEntity
	depth, b := 0, &strings.Builder{}
	for {
		token, err := d.Token()
		require.NoError(t, err, id)
		switch token := token.(type) {
		case xml.StartElement:
			if depth > 0 || slices.ContainsFunc(token.Attr, func(a xml.Attr) bool { return a.Name.Local == "id" && a.Value == id }) {
				depth++
			}
		case xml.EndElement:
			if depth--; depth == 0 {
				return strings.Join(strings.Fields(b.String()), " ")
			}
			depth = max(depth, 0)
		case xml.CharData:
			if depth > 0 {
				b.Write(token)
				b.WriteByte(' ')
			}
		}
	}
}

// The samples are models: they break no rule.
func TestTheSamplesAreValid(t *testing.T) {
	for _, text := range [][]byte{sample, sampleTrade} {
		report := casefw.Validate[casefw.CFPackage](text, casefw.V1p1, casefw.Options{})
		require.Empty(t, report.Findings)
	}
}

// Every link within the page has its target, and every target is there once.
func TestLinksLeadSomewhere(t *testing.T) {
	for _, page := range [][]byte{both(t), func() []byte { p, _ := render(t, string(sample), string(sample)); return p }()} {
		all, _ := parse(t, page)
		leads(t, all)
	}
}

// leads holds each link within a page to its target.
func leads(t *testing.T, all []element) {
	t.Helper()
	ids := map[string]bool{}
	for _, e := range all {
		if id := e.attrs["id"]; id != "" {
			require.False(t, ids[id], id)
			ids[id] = true
		}
	}
	for _, e := range all {
		if href := e.attrs["href"]; strings.HasPrefix(href, "#") {
			require.True(t, ids[href[1:]], href)
		}
	}
}

func TestTextsOfOthersStayText(t *testing.T) {
	const attack = `</span></summary><script>alert(1)</script><img src=x onerror=alert(2)>" onmouseover="alert(3)`
	quoted, err := json.Marshal(attack)
	require.NoError(t, err)
	every := string(quoted)
	item := func(n int) string {
		return fmt.Sprintf(`{"identifier":"11111111-1111-4111-8111-11111111111%d","uri":"javascript:alert(4)","fullStatement":%[2]s,
			"humanCodingScheme":%[2]s,"CFItemType":%[2]s,"notes":%[2]s,"abbreviatedStatement":"a<b","conceptKeywords":[%[2]s],
			"educationLevel":[%[2]s],"statusStartDate":%[2]s}`, n, every)
	}
	text := fmt.Sprintf(`{"CFDocument":{"identifier":"11111111-1111-4111-8111-111111111110","title":%[1]s,"creator":%[1]s,
			"language":%[1]s,"description":%[1]s,"officialSourceURL":"javascript:alert(5)"},
		"CFItems":[%[2]s,%[3]s,%[2]s],
		"CFAssociations":[
			{"associationType":%[1]s,"originNodeURI":{"identifier":"11111111-1111-4111-8111-111111111111"},
				"destinationNodeURI":{"title":%[1]s,"uri":"data:text/html,x"}},
			{"associationType":"isChildOf","originNodeURI":{"identifier":"11111111-1111-4111-8111-111111111112"},
				"destinationNodeURI":{"identifier":"11111111-1111-4111-8111-111111111111"}}]}`, every, item(1), item(2))
	page, log := render(t, text)
	all, shown := parse(t, page)
	scripts := 0
	names := strings.Fields("html head meta title link style script body main article header h1 p dl dt dd section h2 details summary " +
		"div span b ul li a footer")
	for _, e := range all {
		require.Contains(t, names, e.name)
		if e.name == "script" {
			scripts++
		}
		for name, value := range e.attrs {
			require.Contains(t, strings.Fields("lang charset http-equiv content name dir href rel id class open hidden"), name)
			if name == "href" {
				require.Regexp(t, `^(#[inf]-|data:,$|https?://)`, value)
			}
		}
	}
	require.Equal(t, 1, scripts)
	require.Contains(t, shown, attack)
	require.NotContains(t, log, "\x1b")
	require.Contains(t, html.UnescapeString(string(page)), "script-src "+hash(script))
}

func TestFrameworksThatAreNoTrees(t *testing.T) {
	var items, links []string
	id := func(i int) string { return fmt.Sprintf("11111111-1111-4111-8111-%012d", i) }
	add := func(i, under int) {
		items = append(items, `{"identifier":"`+id(i)+`","fullStatement":"S","humanCodingScheme":"C"}`)
		links = append(links, fmt.Sprintf(
			`{"associationType":"isChildOf","originNodeURI":{"identifier":%q},"destinationNodeURI":{"identifier":%q}}`, id(i), id(under)))
	}
	for i := range 3000 { // one chain
		add(i+1, i)
	}
	add(5001, 5002) // a circle that nothing leads to
	add(5002, 5001)
	page, log := render(t, fmt.Sprintf(`{"CFDocument":{"identifier":%q},"CFItems":[%s],"CFAssociations":[%s]}`,
		id(0), strings.Join(items, ","), strings.Join(links, ",")))
	all, text := parse(t, page)
	n := 0
	for _, e := range all {
		if e.attrs["class"] == "item" {
			n++
			require.Less(t, e.depth, 4+2*deepest)
		}
	}
	require.Equal(t, 3002, n)
	require.Contains(t, text, "Outside the tree")
	require.Contains(t, log, "hierarchy-cycle")
}

func TestNaturalOrder(t *testing.T) {
	for _, c := range [][2]string{{"A.2", "A.10"}, {"A", "A.1"}, {"2", "10"}, {"A.9.z", "A.10.a"}, {"K-1", "K-2"}} {
		require.Negative(t, natural(c[0], c[1]), c)
		require.Positive(t, natural(c[1], c[0]), c)
	}
	require.Zero(t, natural("A.1", "A.1"))
}

func TestCommand(t *testing.T) {
	dir := t.TempDir()
	out, other := filepath.Join(dir, "tree.html"), filepath.Join(dir, "other.json")
	require.NoError(t, command(context.Background(), nil, out))
	page, err := os.ReadFile(out)
	require.NoError(t, err)
	require.True(t, bytes.HasSuffix(page, []byte("</html>\n")))
	require.NoError(t, os.WriteFile(other, []byte(crosswalk), 0o600))
	require.NoError(t, command(context.Background(), []string{"sample.json", other}, out))
	page, err = os.ReadFile(out)
	require.NoError(t, err)
	require.Contains(t, string(page), "Passerelle")
	require.Contains(t, string(page), "Bicycle Mechanic")
	require.ErrorIs(t, command(context.Background(), []string{"no such file"}, ""), fs.ErrNotExist)
	broken := []io.Reader{strings.NewReader(`{"CFDocument":`)}
	require.ErrorContains(t, run(context.Background(), broken, io.Discard, io.Discard), "not-json")
}
