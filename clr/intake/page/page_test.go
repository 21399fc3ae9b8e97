package page_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/clr/intake/page"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc/issue"
	"github.com/laurel-edu/laurel/vc/verify"
)

// hostile is what a stranger would like the page to do.
const hostile = `</style></summary><script>alert(1)</script><img src=https://evil.example/x.png onerror=alert(2)>`

// folder is an upload with every standing in it.
type folder struct {
	t     *testing.T
	world *obtest.World
	count int
	// skills are what achievements are aligned to, by the beginning of their names.
	skills map[string]int
}

// course writes a badge with what a transcript has.
func (f *folder) course(i *obtest.Issuer, change map[string]any, achievement map[string]any) []byte {
	f.t.Helper()
	f.count++
	var badge map[string]any
	require.NoError(f.t, json.Unmarshal(i.Badge(obtest.Badge{Number: f.count, Recipient: "did:example:ana", Results: 1, Alignments: 1}), &badge))
	subject := badge["credentialSubject"].(map[string]any)
	a := subject["achievement"].(map[string]any)
	for name, value := range achievement {
		a[name] = value
	}
	for name, n := range f.skills {
		if title, _ := json.Marshal(a["name"]); bytes.Contains(title, []byte(name)) {
			a["alignment"] = []any{map[string]any{"type": []string{"Alignment"}, "targetName": "x", "targetType": "CFItem", "targetUrl": skill(n).TargetURL}}
		}
	}
	for name, value := range change {
		if name == "validUntil" {
			badge[name] = value
			continue
		}
		subject[name] = value
	}
	text, err := json.Marshal(badge)
	require.NoError(f.t, err)
	return text
}

func (f *folder) issuer(name string, m obtest.Method) *obtest.Issuer {
	i, err := f.world.Issuer(name, m, obtest.Ed25519)
	require.NoError(f.t, err)
	return i
}

func (f *folder) sign(i *obtest.Issuer, text []byte, form issue.Form) []byte {
	f.t.Helper()
	signed, err := i.Secure(text, form)
	require.NoError(f.t, err)
	return signed
}

// upload is a zip of a registrar's record and a badge that nobody signed.
func (f *folder) upload() []byte {
	type m = map[string]any
	registrar, harbour, away := f.issuer("registrar", obtest.HTTPS), f.issuer("harbour", obtest.DIDWeb), f.issuer("away", obtest.DIDWeb)
	plain := func(text []byte) []byte { return text }
	forged := bytes.Replace(f.sign(harbour, f.course(harbour, nil, m{"name": "Welding Certificate", "achievementType": "Certification"}), ""),
		[]byte("Welding"), []byte("Welder’s"), 1)
	record := registrar.Record(1, "did:example:ana",
		f.sign(harbour, f.course(harbour, nil, m{"name": []m{{"@value": "Seamanship", "@language": "en"}, {"@value": "Seemannschaft", "@language": "de"}}, "achievementType": "Certificate",
			"description": "Handles a boat of up to ten metres in coastal waters, alone and at night."}), ""),
		f.sign(harbour, f.course(harbour, m{"validUntil": "2025-12-01T00:00:00Z"}, m{"name": "First Aid at Sea", "achievementType": "Certification"}), ""),
		plain(f.course(registrar, m{"creditsEarned": 3, "term": "Fall 2024"}, m{"name": "Calculus I", "achievementType": "Course", "creditsAvailable": 3})),
		plain(f.course(registrar, m{"creditsEarned": 4, "term": "Spring 2025"}, m{"name": "Organic Chemistry", "achievementType": "Course", "creditsAvailable": 4})),
		plain(f.course(f.issuer("college", obtest.DIDWeb), m{"creditsEarned": 2, "term": "Spring 2025"}, m{"name": "Photography", "achievementType": "Course"})),
		f.sign(away, f.course(away, nil, m{"name": "Data Analysis with a Name that Takes more than One Line on a Phone", "achievementType": "Badge"}), ""),
		forged)
	f.world.Web.Break("https://away.example", obtest.Down)
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for name, text := range map[string][]byte{
		"transcript.json": f.sign(registrar, record, dataintegrity.EddsaJcs2022),
	} {
		f.put(w, name, text)
	}
	f.put(w, "self.json", f.course(f.issuer("club", obtest.DIDKey), nil, m{"name": "Champion of " + hostile, "description": hostile}))
	require.NoError(f.t, w.Close())
	return out.Bytes()
}

func (f *folder) put(w *zip.Writer, name string, text []byte) {
	file, err := w.Create(name)
	require.NoError(f.t, err)
	_, err = file.Write(text)
	require.NoError(f.t, err)
}

func reading(t *testing.T) *intake.Reading {
	t.Helper()
	f := &folder{t: t, world: obtest.New(obtest.Config{Seed: "page", At: time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)})}
	upload := f.upload()
	r, err := intake.Read(t.Context(), upload, intake.Config{
		Verify: verify.Config{Fetcher: f.world.Web, Now: f.world.Now, Limits: verify.Limits{MaxFetches: 32}},
		Issuer: func(_ context.Context, id string) (intake.Listed, bool) {
			return intake.Listed{Name: "Harbour School", Registry: "the pilot registry", Trust: "member"}, id == "did:web:harbour.example"
		},
	})
	require.NoError(t, err)
	return r
}

// written is the page as it is written.
func written(t *testing.T, r *intake.Reading, o page.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, page.Write(&b, r, o))
	return b.Bytes()
}

// views are the ways in which the page is looked at: all of them in long runs.
func views() map[string]browser.Options {
	if os.Getenv("LAUREL_LONG") != "" {
		return browser.Views()
	}
	return map[string]browser.Options{"desk-light": browser.Desk, "phone-dark": {Width: browser.Phone.Width, Height: browser.Phone.Height, Dark: true}}
}

// The page in a browser, as a file: every claim and standing, sound in every view, with nothing
// asked, and on paper with everything unfolded.
func TestPage(t *testing.T) {
	r := reading(t)
	file := filepath.Join(t.TempDir(), "page.html")
	require.NoError(t, os.WriteFile(file, written(t, r, page.Options{Title: "Ana’s credentials", File: "ana.zip", Languages: []string{"de", "en"}}), 0o600))
	b := browser.Start(t)
	for name, view := range views() {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go("file://" + file)
			p.Sound()
			p.Shot("record-" + name)
			require.Equal(t, "Ana’s credentials", p.Title())
			require.Equal(t, []string{"file://" + file}, p.Requests())
			seen, whole := p.Text(), p.Source()
			for _, c := range r.Claims() {
				has(t, seen, c.Name.In("de", "en"))
				has(t, whole, c.Standing.String())
			}
			p.Click("details.claim > summary")
			has(t, p.Text(), "The issuer signed this itself, and the signature is good.")
			p.Eval("document.querySelectorAll('details').forEach(d => d.open = true)", nil)
			require.Empty(t, p.Console())
			p.Shot("record-" + name + "-open")
			require.Greater(t, len(p.PDF()), 20_000)
		})
	}
}

// What strangers wrote is text, and nothing of the page comes from elsewhere.
func TestPageHoldsNothingForeign(t *testing.T) {
	text := string(written(t, reading(t), page.Options{File: hostile}))
	require.False(t, strings.Contains(text, "<script") || strings.Contains(text, "<img"))
	has(t, text, "&lt;script&gt;alert(1)")
	has(t, text, `content="default-src 'none'; style-src &#39;sha256-`)
	for _, m := range regexp.MustCompile(`(?:src|href|action|url)\s*[=(]\s*"?([^"\s>)]+)`).FindAllStringSubmatch(text, -1) {
		require.Regexp(t, `^(#|https://harbour\.example|https://registrar\.example|https://[a-z]+\.example/|https://evil\.example/x\.png)`, m[1])
	}
	require.False(t, regexp.MustCompile(`\son[a-z]+="`).MatchString(text))
}

// has asks for a part of a page, without showing all of it where that is missing.
func has(t *testing.T, text, part string) {
	t.Helper()
	require.True(t, strings.Contains(text, part), part)
}

// A page says the same of the same reading, in the language that is asked for, and of what is
// no credential it says that.
func TestPageOfOneReading(t *testing.T) {
	r := reading(t)
	require.Equal(t, written(t, r, page.Options{}), written(t, r, page.Options{}))
	german, english := string(written(t, r, page.Options{Languages: []string{"de"}})), string(written(t, r, page.Options{}))
	has(t, german, `<span lang="de" dir="auto">Seemannschaft</span>`)
	has(t, english, `<span lang="en" dir="auto">Seamanship</span>`)
	has(t, english, "Of 8 achievements, 3 are the word of the issuers they name and hold today. One carries a signature that is wrong.")
	has(t, english, "Listed by the pilot registry as member")
	require.Equal(t, 1, strings.Count(english, "so nobody vouches for it"), "of the one that nobody signed, and not of those in a signed record")
	require.Equal(t, 1, strings.Count(english, "Listed by"), "the forged one names the same issuer")

	none, err := intake.Read(t.Context(), []byte("%PDF-1.7"), intake.Config{})
	require.NoError(t, err)
	text := string(written(t, none, page.Options{}))
	has(t, text, "Nothing here claims an achievement.")
	has(t, text, "format-pdf")
}
