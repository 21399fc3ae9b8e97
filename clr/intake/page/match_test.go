package page_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/casefw/match"
	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/clr/intake/page"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/vc/verify"
)

func guid(kind string, n int) string { return fmt.Sprintf("%s-0000-4000-8000-%012x", kind, n) }

// sheet writes a framework of items, and links between items of any framework.
type sheet struct {
	n     int
	title string
	items map[int]string
	links [][3]any // from, type, to
}

func (s sheet) load(t *testing.T) *casefw.Framework {
	t.Helper()
	type m = map[string]any
	const changed = "2025-03-01T00:00:00Z"
	document := m{"identifier": guid("d0000000", s.n), "uri": "https://skills.example/" + guid("d0000000", s.n), "title": s.title, "creator": "a guild",
		"version": "3", "lastChangeDateTime": changed, "CFPackageURI": m{"title": s.title, "identifier": guid("d0000000", s.n), "uri": "https://skills.example/p"}}
	items, links := []any{}, []any{}
	node := func(n any) m {
		return m{"title": "item", "identifier": guid("a0000000", n.(int)), "uri": "https://skills.example/i/" + guid("a0000000", n.(int))}
	}
	for n, statement := range s.items {
		items = append(items, m{"identifier": guid("a0000000", n), "uri": "https://skills.example/i/" + guid("a0000000", n), "fullStatement": statement,
			"humanCodingScheme": fmt.Sprintf("S.%d", n), "lastChangeDateTime": changed})
	}
	for i, l := range s.links {
		links = append(links, m{"identifier": guid("c0000000", 100*s.n+i), "uri": "https://skills.example/l", "associationType": l[1], "lastChangeDateTime": changed,
			"originNodeURI": node(l[0]), "destinationNodeURI": node(l[2])})
	}
	text, err := json.Marshal(m{"CFDocument": document, "CFItems": items, "CFAssociations": links})
	require.NoError(t, err)
	f, _, err := casefw.LoadBytes(text, casefw.Options{})
	require.NoError(t, err)
	return f
}

func skill(n int) casefw.Alignment {
	return casefw.Alignment{TargetURL: "urn:uuid:" + guid("a0000000", n), TargetCode: guid("a0000000", n), TargetType: "CFItem"}
}

// sailing are the frameworks of a guild and of a school that links to it.
func sailing(t *testing.T) *match.Graph {
	t.Helper()
	guild := sheet{1, "Coastal Skills", map[int]string{1: "Operates a small craft safely in coastal waters", 2: "Gives first aid at sea",
		3: "Works with calculus", 5: "Repairs hulls of composite material", 11: "Plans a passage with charts and tides",
		12: "Handles the boat under sail and engine", 13: "Acts in an emergency at sea", 14: "Keeps a logbook"},
		[][3]any{{11, "isChildOf", 1}, {12, "isChildOf", 1}, {13, "isChildOf", 1}}}
	school := sheet{2, "Curriculum of the Harbour School", map[int]string{21: "Seamanship in coastal waters", 22: "Integral calculus, with " + hostile},
		[][3]any{{21, "exactMatchOf", 12}, {22, "isRelatedTo", 3}}}
	return match.NewGraph(casefw.NewCatalog(guild.load(t), school.load(t)))
}

// handler is a job that asks for what is met, met in part, not met and not known.
func handler() match.Job {
	double := 2.0
	return match.Job{ID: "handler", Title: "Boat handler, harbour services", Requirements: []match.Requirement{
		{ID: "craft", Target: skill(1), Mandatory: true}, {ID: "handling", Target: skill(12), Mandatory: true},
		{ID: "aid", Target: skill(2)}, {ID: "numbers", Target: skill(3), Weight: &double}, {ID: "hulls", Target: skill(5), MinLevel: 3, LevelOf: 5},
		{ID: "tides", Target: casefw.Alignment{TargetURL: "https://rsd.example/skills/7", TargetName: "Reads a table of tides"}},
	}}
}

// applied is a folder of credentials held against the job.
func applied(t *testing.T) page.Match {
	t.Helper()
	f := &folder{t: t, world: obtest.New(obtest.Config{Seed: "page", At: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)}), skills: map[string]int{
		"Seamanship": 21, "First Aid at Sea": 2, "Calculus I": 22, "Welding Certificate": 5, "Champion of ": 13, "Photography": 11, "Organic Chemistry": 999,
		"Logbook": 14}}
	upload := f.upload()
	r, err := intake.Read(t.Context(), upload, intake.Config{Verify: verify.Config{Fetcher: f.world.Web, Now: f.world.Now,
		Limits: verify.Limits{MaxFetches: 32}}})
	require.NoError(t, err)
	m, err := sailing(t).Prepare(handler(), match.DefaultPolicy())
	require.NoError(t, err)
	claims := r.Claims()
	return page.Match{Reading: r, Claims: claims, Matcher: m, Outcome: m.Match(claims)}
}

func writtenMatch(t *testing.T, m page.Match, o page.Options) string {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.WriteMatch(&b, m, o))
	return b.String()
}

// The page of a match in a browser, as a file: each requirement, its path and its proof, sound
// in every view, with nothing asked, and on paper.
func TestMatchPage(t *testing.T) {
	m := applied(t)
	file := filepath.Join(t.TempDir(), "match.html")
	require.NoError(t, os.WriteFile(file, []byte(writtenMatch(t, m, page.Options{File: "ana.zip", Languages: []string{"en"}})), 0o600))
	b := browser.Start(t)
	for name, view := range views() {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go("file://" + file)
			p.Sound()
			p.Shot("match-" + name)
			require.Equal(t, "Boat handler, harbour services", p.Title())
			require.Equal(t, []string{"file://" + file}, p.Requests())
			seen, whole := p.Text(), p.Source()
			for _, part := range []string{"Operates a small craft safely in coastal waters", "In part, 33 %", "Met, 100 %", "Not known", "Reads a table of tides",
				"level 3 of 5 at least", "weight 2", "Coastal Skills", "Counts for nothing", "Points at nothing here", "Expired", "Signature is wrong"} {
				has(t, seen, part)
			}
			for _, part := range []string{"“Seamanship in coastal waters” is the same as “Handles the boat under sail and engine”",
				"says Curriculum of the Harbour School", "There is a claim to this that nobody can be held to.", "How it was checked"} {
				has(t, whole, part)
			}
			p.Click("details.requirement > summary")
			has(t, p.Text(), "“Handles the boat under sail and engine” is a part of “Operates a small craft safely in coastal waters”")
			p.Click(".path a")
			var at string
			p.Eval("document.querySelector(':target .name').innerText", &at)
			require.Equal(t, "Seamanship", at)
			p.Eval("document.querySelectorAll('details.requirement').forEach(d => d.open = true)", nil)
			require.Empty(t, p.Console())
			p.Shot("match-" + name + "-open")
			require.Greater(t, len(p.PDF()), 20_000)
		})
	}
}

// At every width that people have, nothing is wider than the screen.
func TestMatchPageAtEveryWidth(t *testing.T) {
	m := applied(t)
	file := filepath.Join(t.TempDir(), "match.html")
	require.NoError(t, os.WriteFile(file, []byte(writtenMatch(t, m, page.Options{})), 0o600))
	b := browser.Start(t)
	for _, width := range []int{320, 360, 414, 600, 768, 1024, 1280} {
		p := b.Open(t, browser.Options{Width: width, Height: 800})
		p.Go("file://" + file)
		p.Eval("document.querySelectorAll('details').forEach(d => d.open = true)", nil)
		var wide int
		p.Eval("document.documentElement.scrollWidth", &wide)
		require.LessOrEqual(t, wide, width)
	}
}

// What strangers wrote in credentials and frameworks is text, the page is the same each time,
// and a match that is not of its claims is refused.
func TestMatchPageHoldsNothingForeign(t *testing.T) {
	m := applied(t)
	text := writtenMatch(t, m, page.Options{File: hostile})
	require.Equal(t, text, writtenMatch(t, m, page.Options{File: hostile}))
	require.False(t, strings.Contains(text, "<script") || strings.Contains(text, "<img"))
	has(t, text, "&lt;script&gt;alert(1)")
	has(t, text, "Of 6 requirements 1 is met, 2 in part. Of one nothing can be said, since no framework here has it. "+
		"Mandatory and not met: Operates a small craft safely in coastal waters.")

	german, err := match.NewExplainer(match.Words{match.PhraseUnmet: "Nichts, was zählt"})
	require.NoError(t, err)
	m.Explainer = german
	has(t, writtenMatch(t, m, page.Options{Title: "Bootsführer"}), "Nichts, was zählt")
	m.Outcome = &match.Outcome{}
	require.ErrorContains(t, page.WriteMatch(&bytes.Buffer{}, m, page.Options{}), "the outcome has 0 requirements")
}

// What a style names it has: a colour that is not there is no colour, and nobody complains.
func TestStylesHaveWhatTheyName(t *testing.T) {
	for _, text := range []string{writtenMatch(t, applied(t), page.Options{}), string(written(t, reading(t), page.Options{}))} {
		named := regexp.MustCompile(`var\((--[a-z-]+)`).FindAllStringSubmatch(text, -1)
		require.NotEmpty(t, named)
		for _, name := range named {
			has(t, text, name[1]+":")
		}
	}
}
