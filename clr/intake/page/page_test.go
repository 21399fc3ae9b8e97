package page_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
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

// The page in a browser: every claim and standing, sound in every view, with nothing asked.
func TestPage(t *testing.T) {
	r := reading(t)
	text := written(t, r, page.Options{Title: "Ana’s credentials", File: "ana.zip", Languages: []string{"de", "en"}})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write(text)
	}))
	defer server.Close()
	b := browser.Start(t)
	for name, view := range browser.Views() {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go(server.URL)
			p.Sound()
			p.Shot("record-" + name)
			p.Eval("document.querySelectorAll('details').forEach(d => d.open = true)", nil)
			p.Shot("record-" + name + "-open")
			require.Equal(t, "Ana’s credentials", p.Title())
			whole := p.Source()
			for _, c := range r.Claims() {
				require.Contains(t, whole, c.Name.In("de", "en"))
				require.Contains(t, whole, c.Standing.String())
			}
		})
	}
}
