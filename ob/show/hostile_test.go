package show_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/ob/show"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/verify"
)

// hostile are texts that do something on a careless page.
var hostile = []string{
	`<script>alert(1)</script>`, `<img src=x onerror=alert(1)>`, `"><svg onload=alert(1)>`, `</style><script>alert(1)</script>`, `</title><script>alert(1)</script>`,
	`[a](javascript:alert(1))`, `[a](JaVaScRiPt:alert(1))`, `[a](data:text/html,<script>alert(1)</script>)`, `[a](vbscript:x)`, "[a](java\nscript:alert(1))",
	`![a](https://tracker.example/a.png)`, `<https://ok.example>`, `<javascript:alert(1)>`, `[a]: javascript:alert(1)` + "\n\n[a]", `<iframe src="https://evil.example"></iframe>`,
	`<a href="https://evil.example" onclick="alert(1)">x</a>`, `<form action="https://evil.example"><input name=password></form>`, `<style>*{display:none}</style>`,
	"[a](https://ok.example \"onmouseover=alert(1)\")", `<base href="https://evil.example">`, `<meta http-equiv=refresh content="0;url=https://evil.example">`, "{{.Options}}", `&lt;script&gt;`,
}

// hostileURLs open or load what nobody should.
var hostileURLs = []string{
	"javascript:alert(1)", "JAVASCRIPT:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "data:text/html,<script>alert(1)</script>", "file:///etc/passwd",
	"vbscript:x", "https://user:secret@evil.example/", "blob:https://a.example/1", "data:image/png;base64,PHN2Zy8+", "data:image/svg+xml,hello", "data:image/bmp;base64,Qk0=",
	"http://", "https:", "//evil.example/x", "about:blank", "view-source:https://a.example", "https://evil.example/\"onclick=alert(1)",
}

// anything is a badge in which each text and each URL is hostile.
func anything(t testing.TB, text, url string) source {
	i := ed(t)
	a := keel(i)
	a.Name, a.Description, a.Narrative = vc.Plain(text), vc.Plain(text), vc.Plain(text)
	a.Term, a.Role, a.LicenseNumber, a.Results[0].Value = vc.Plain(text), vc.Plain(text), text, text
	a.Achievement.Name, a.Achievement.Description, a.Achievement.HumanCode = vc.Plain(text), vc.Plain(text), text
	a.Achievement.Criteria = ob.Criteria{Narrative: vc.Plain(text), ID: vc.IRI(url)}
	a.Achievement.Image, a.Evidence[0].ID = vc.RefTo[ob.Image](vc.IRI(url)), vc.IRI(url)
	a.Achievement.Alignment.Items[0].TargetURL, a.Achievement.Alignment.Items[0].TargetName = vc.IRI(url), vc.Plain(text)
	a.Issuer.Name, a.Issuer.Email, a.Issuer.Description, a.Issuer.URL = vc.Plain(text), text, vc.Plain(text), vc.IRI(url)
	a.Recipient.Identifiers = []ob.IdentityObject{ob.PlainIdentity(ob.IdentifierName, text)}
	raw := draft(t, a)
	r, err := verify.Inspect(t.Context(), raw, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	return believed(r, raw)
}

// believed is a document as if its issuer had signed it.
func believed(r *verify.Report, raw []byte) source {
	seen := *r
	seen.Verdict, seen.Checks = verify.VerdictVerified, nil
	for _, name := range []verify.CheckName{
		verify.CheckParse, verify.CheckContexts, verify.CheckProof, verify.CheckBinding, verify.CheckRules, verify.CheckReading,
	} {
		seen.Checks = append(seen.Checks, verify.Check{Name: name, Outcome: verify.OutcomePassed})
	}
	return source{report: &seen, text: raw}
}

// Whatever a badge says, the page has its own script alone, opens nothing but https, http
// and mailto, and shows the text.
func TestHostile(t *testing.T) {
	for k, text := range hostile {
		url := hostileURLs[k%len(hostileURLs)]
		v, err := show.NewView(anything(t, text, url), show.Options{})
		require.NoError(t, err)
		got := page(t, v)
		harmless(t, got)
		require.Contains(t, words(got), strings.Join(strings.Fields(text), " "))
	}
	for _, url := range hostileURLs {
		v, err := show.NewView(anything(t, "A badge", url), show.Options{})
		require.NoError(t, err)
		harmless(t, page(t, v))
		if link := show.Link(vc.IRI(url)); link != "" {
			require.Contains(t, link, "https://evil.example/%22", "it is escaped")
		}
	}
}

var (
	attributes = regexp.MustCompile(`(?i)\s(on[a-z]+|href|src|action|style)\s*=\s*"([^"]*)"`)
	safe       = regexp.MustCompile(`^(https?://[^/?#@]+([/?#].*)?|mailto:.*|data:,|data:image/.*)$`)
)

func harmless(t *testing.T, page string) {
	t.Helper()
	require.Equal(t, 1, strings.Count(strings.ToLower(page), "<script"))
	require.Equal(t, 1, strings.Count(strings.ToLower(page), "<style"))
	for _, tag := range []string{"<iframe", "<form", "<object", "<embed", "<base", "<svg", "<input"} {
		require.NotContains(t, strings.ToLower(page), tag)
	}
	require.Equal(t, 1, strings.Count(page, "<meta http-equiv")+1, "no refresh")
	for _, a := range attributes.FindAllStringSubmatch(tags.FindString(page)+strings.Join(tags.FindAllString(page, -1), ""), -1) {
		require.NotRegexp(t, `(?i)^on`, a[1])
		require.NotEqual(t, "style", a[1])
		require.Regexp(t, safe, html.UnescapeString(a[2]))
	}
}

// The policy lets the one script and the one style of the page pass.
func TestContentSecurityPolicy(t *testing.T) {
	i := ed(t)
	got := page(t, view(t, issued(t, i, keel(i)), show.Options{}))
	for _, tag := range []string{"script", "style"} {
		text := regexp.MustCompile(`(?s)<` + tag + `>(.*?)</` + tag + `>`).FindStringSubmatch(got)[1]
		digest := sha256.Sum256([]byte(text))
		require.Contains(t, show.ContentSecurityPolicy, tag+"-src 'sha256-"+base64.StdEncoding.EncodeToString(digest[:])+"'")
	}
}

// What a person sees is looked at, as people look: at a desk and on a phone, in the light
// and in the dark, without script.
func TestInBrowser(t *testing.T) {
	i := ed(t)
	badge := issued(t, i, keel(i))
	full := view(t, badge, show.Options{Address: "https://hub.example/b/1", Download: "1.json", Languages: []string{"en"}})
	record, err := i.Sign(i.Record(1, "did:example:ada", badge), nil)
	require.NoError(t, err)
	b := browser.Start(t)
	for name, v := range map[string]*show.View{"badge": full, "record": view(t, record, show.Options{}), "hostile": hostileView(t)} {
		url := serve(t, page(t, v))
		for look, o := range browser.Views() {
			if name == "hostile" && look != "phone-light" {
				continue // it is about what the page does, and the narrowest is the hardest
			}
			t.Run(name+"/"+look, func(t *testing.T) {
				p := b.Open(t, o)
				p.Go(url)
				p.Sound()
				require.Equal(t, inked(v.Name.Value), inked(p.Title()))
				_, body, _ := strings.Cut(page(t, v), "<body>")
				var seen string
				p.Eval(`document.querySelectorAll("script").forEach(e => e.remove()), document.body.textContent`, &seen)
				require.Equal(t, inked(words(body)), inked(seen))
				p.Shot("show-" + name + "-" + look)
				require.True(t, bytes.HasPrefix(p.PDF(), []byte("%PDF-")))
			})
		}
	}
}

func hostileView(t *testing.T) *show.View {
	v, err := show.NewView(anything(t, strings.Join(hostile, "\n\n"), "javascript:alert(1)"), show.Options{})
	require.NoError(t, err)
	return v
}

func FuzzMarkdown(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	i := ed(f)
	raw := draft(f, keel(i))
	r, err := verify.Inspect(f.Context(), raw, verify.Config{Now: testkit.Clock})
	require.NoError(f, err)
	// Whatever stands in a text, the page does nothing.
	f.Fuzz(func(t *testing.T, text string) {
		a := keel(i)
		a.Narrative = vc.Plain(text)
		written, err := ob.NewAchievementCredential(a).JSON()
		if err != nil {
			t.Skip("not UTF-8")
		}
		v, err := show.NewView(believed(r, written), show.Options{})
		require.NoError(t, err)
		harmless(t, page(t, v))
	})
}

// serve serves a page as its documentation says.
func serve(t *testing.T, page string) string {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", show.ContentSecurityPolicy)
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// inked is a text without white space.
func inked(text string) string { return strings.Join(strings.Fields(text), "") }
