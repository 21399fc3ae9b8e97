package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"mime/multipart"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/hub"
)

// reader is a person at a browser, signed in where a name is given.
func (r *running) reader(t testing.TB, user, password string) *stranger {
	t.Helper()
	s := newStranger(t, r.authority)
	if user != "" {
		got := s.send(form{action: r.base + "/demo/login", fields: url.Values{"username": {user}, "password": {password}, "return": {"/demo/wallet"}}})
		require.Contains(t, string(got.body), "Your wallet")
	}
	return s
}

// open opens a page of the hub.
func (s *stranger) open(to string) answer {
	s.t.Helper()
	return s.read(s.browser.Get(to))
}

// file is one of an upload.
type file struct{ name, text string }

// bring sends files as the form of the wallet does.
func (s *stranger) bring(base string, files ...file) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for _, f := range files {
		part, err := w.CreateFormFile("file", f.name)
		require.NoError(s.t, err)
		_, err = part.Write([]byte(f.text))
		require.NoError(s.t, err)
	}
	require.NoError(s.t, w.Close())
	r, err := http.NewRequest(http.MethodPost, base+"/demo/wallet", &b)
	require.NoError(s.t, err)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Origin", "null")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return s.read(s.browser.Do(r))
}

var (
	thingPath = regexp.MustCompile(`href="(/demo/wallet/(?:badge|record)-[A-Za-z0-9_-]{43})"`)
	linkAt    = regexp.MustCompile(`href="(https://127\.0\.0\.1:\d+/demo/b/([A-Z2-7]{26}))"`)
	pageTag   = regexp.MustCompile(`(?s)<(style|script)[ >].*?</(?:style|script)>|<[^>]*>`)
)

// words are the text of a page, as a person reads it.
func (a answer) words() string {
	return strings.Join(strings.Fields(html.UnescapeString(pageTag.ReplaceAllString(string(a.body), " "))), " ")
}

// things are the paths of what a wallet lists.
func (a answer) things() (all []string) {
	for _, m := range thingPath.FindAllStringSubmatch(string(a.body), -1) {
		all = append(all, m[1])
	}
	return all
}

// change sends a form of the page of a badge, and returns the page that follows.
func (s *stranger) change(at string, fields url.Values) answer {
	s.t.Helper()
	return s.send(form{action: at, fields: fields})
}

// share makes a link to a badge and returns its address.
func (s *stranger) share(at string, fields url.Values) string {
	s.t.Helper()
	fields.Set("do", "share")
	got := s.change(at, fields)
	require.Equal(s.t, 200, got.status, string(got.body))
	found := linkAt.FindStringSubmatch(string(got.body))
	require.NotNil(s.t, found, string(got.body))
	return html.UnescapeString(found[1])
}

// identified is a badge that says how its learner is known.
func identified(i *issuer, n int) map[string]any {
	return i.badge(numbered(n), "2025-06-01T00:00:00Z", func(all map[string]any) {
		all["credentialSubject"].(map[string]any)["identifier"] = []any{
			map[string]any{"type": "IdentityObject", "hashed": false, "identityType": "emailAddress", "identityHash": "ada@learner.example"},
			map[string]any{"type": "IdentityObject", "hashed": false, "identityType": "name", "identityHash": "Ada Lot"}}
	})
}

// A link shows one badge to whoever has it, until it is withdrawn, and nothing else.
func TestLinks(t *testing.T) {
	for _, store := range []string{"memory", "sqlite:" + t.TempDir() + "/hub.db"} {
		r := start(t, "-store", store, "-tenant", "demo", "-tenant", "other")
		ada, anybody := r.reader(t, "ada", adasPassword), r.reader(t, "", "")
		badge := newIssuer("links").sign(identified(newIssuer("links"), 1))
		require.Contains(t, ada.bring(r.base, file{"badge.json", badge}).words(), "badge.json : is in your wallet now.")
		at := r.base + ada.open(r.base + "/demo/wallet").things()[0]

		page := ada.share(at, url.Values{})
		got := anybody.open(page)
		require.Equal(t, 200, got.status)
		require.Contains(t, got.words(), "Knots")
		require.Contains(t, got.words(), "Ada Lot")
		require.Contains(t, got.words(), "✓ Valid")
		require.NotContains(t, string(got.body), "ada@learner.example")
		require.NotContains(t, string(got.body), "did:example:ada")
		require.NotContains(t, string(got.body), "download")
		require.Equal(t, "noindex, nofollow", got.header.Get("X-Robots-Tag"))
		pageHeaders(t, got)
		own := ada.open(at + "/page")
		require.Contains(t, string(own.body), "ada@learner.example", "her own page says it")
		require.Equal(t, badge, string(ada.open(at+"/file").body))

		withFile := ada.share(at, url.Values{"file": {"yes"}})
		require.NotEqual(t, page, withFile)
		require.Equal(t, badge, string(anybody.open(withFile+"/file").body))
		require.Contains(t, anybody.open(withFile).header.Get("Content-Security-Policy"), "default-src 'none'")
		shared := ada.open(r.base + "/demo/wallet")
		require.Contains(t, shared.words(), "Shared")

		id := page[strings.LastIndex(page, "/")+1:]
		for why, to := range map[string]string{
			"the file was not shared": page + "/file", "another tenant": strings.Replace(page, "/demo/", "/other/", 1), "small letters": r.base + "/demo/b/" + strings.ToLower(id),
			"nothing": r.base + "/demo/b/", "too short": r.base + "/demo/b/" + id[:25], "more behind it": page + "/x", "long": r.base + "/demo/b/" + strings.Repeat("A", 5000),
			"never made": r.base + "/demo/b/" + hub.NewLinkID(), "a zero byte": page + "%00",
		} {
			none := anybody.open(to)
			require.Equal(t, 404, none.status, why)
			require.Contains(t, none.words(), "This link leads nowhere", why)
		}
		require.Equal(t, 405, anybody.change(page, nil).status)

		// Nobody but the owner withdraws it.
		bob := r.reader(t, "bob", "secret")
		require.Equal(t, 404, bob.change(at, url.Values{"do": {"withdraw"}, "link": {id}}).status)
		mine := newIssuer("links").sign(newIssuer("links").badge(numbered(2), "2025-06-01T00:00:00Z", nil))
		bob.bring(r.base, file{"mine.json", mine})
		bobs := r.base + bob.open(r.base + "/demo/wallet").things()[0]
		require.Equal(t, 200, bob.change(bobs, url.Values{"do": {"withdraw"}, "link": {id}}).status)
		require.Equal(t, 200, anybody.open(page).status)
		ada.change(at, url.Values{"do": {"withdraw"}, "link": {id}})
		require.Equal(t, 404, anybody.open(page).status)
		require.Equal(t, 200, anybody.open(withFile).status, "the other link stays")
		require.Equal(t, 400, ada.change(at, url.Values{"do": {"x"}}).status)

		// What is removed is gone, with the links to it, for its owner alone.
		require.Equal(t, 404, bob.change(at, url.Values{"do": {"remove"}}).status)
		require.Equal(t, 200, ada.open(at).status)
		require.Empty(t, ada.change(at, url.Values{"do": {"remove"}}).things(), "back in a wallet that is empty")
		require.Equal(t, 404, ada.open(at).status)
		require.Equal(t, 404, anybody.open(withFile).status)
		require.Len(t, bob.open(r.base+"/demo/wallet").things(), 1)
		require.Equal(t, exitWell, r.stop())
		require.NotContains(t, r.log.String(), id)
	}
}

// What people have is theirs: without a session there is the login page, and with another's
// nothing.
func TestWalletIsOnesOwn(t *testing.T) {
	r := start(t, "-store", "memory")
	ada, bob, anybody := r.reader(t, "ada", adasPassword), r.reader(t, "bob", "secret"), r.reader(t, "", "")
	i := newIssuer("own")
	ada.bring(r.base, file{"a", i.sign(i.badge(numbered(1), "2025-06-01T00:00:00Z", nil))})
	at := ada.open(r.base + "/demo/wallet").things()[0]
	for _, path := range []string{"/demo/wallet", "/demo/wallet/export", at, at + "/page", at + "/file"} {
		require.Contains(t, anybody.open(r.base+path).words(), "Sign in to", path)
		require.NotContains(t, anybody.open(r.base+path).words(), "Knots", path)
		require.NotContains(t, string(bob.open(r.base+path).body), "Knots", path)
		got := ada.open(r.base + path)
		require.Contains(t, string(got.body), "Knots", path)
		require.Equal(t, "no-store", got.header.Get("Cache-Control"), path)
		require.Contains(t, got.header.Get("Content-Security-Policy"), "default-src 'none'", path)
		require.NotContains(t, got.header.Get("Content-Security-Policy"), "unsafe", path)
	}
	for _, path := range []string{"/demo/wallet/x", "/demo/wallet/badge-", at + "x", at + "/x", "/demo/wallet/badge-" + strings.Repeat("A", 43), "/demo/wallet//"} {
		require.Equal(t, 404, ada.open(r.base+path).status, path)
	}
	require.Contains(t, []int{404}, ada.open(r.base+"/demo/walletx").status)
}

// A form of another site does nothing.
func TestForgedForms(t *testing.T) {
	r := start(t, "-store", "memory")
	ada := r.reader(t, "ada", adasPassword)
	i := newIssuer("forged")
	ada.bring(r.base, file{"a", i.sign(i.badge(numbered(1), "2025-06-01T00:00:00Z", nil))})
	at := ada.open(r.base + "/demo/wallet").things()[0]
	for _, from := range []http.Header{
		{"Origin": {"https://evil.example"}}, {"Origin": {"null"}}, {"Sec-Fetch-Site": {"cross-site"}}, {"Sec-Fetch-Site": {"same-site"}, "Origin": {r.base}},
	} {
		for path, body := range map[string]string{at: "do=share", "/demo/wallet": "x", "/demo/logout": ""} {
			req, err := http.NewRequest(http.MethodPost, r.base+path, strings.NewReader(body))
			require.NoError(t, err)
			req.Header = from.Clone()
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			require.Equal(t, 403, ada.read(ada.browser.Do(req)).status, "%s %v", path, from)
		}
	}
	require.NotContains(t, string(ada.open(r.base+at).body), "/demo/b/")
	require.Contains(t, ada.open(r.base+"/demo/wallet").words(), "Your wallet", "she is signed in")
}

// What people bring is verified, and told of one by one.
func TestUploads(t *testing.T) {
	r := start(t, "-store", "memory")
	ada := r.reader(t, "ada", adasPassword)
	i := newIssuer("uploads")
	badge := func(n int) string { return i.sign(i.badge(numbered(n), "2025-06-01T00:00:00Z", nil)) }
	unsigned, err := json.Marshal(i.badge(numbered(9), "2025-06-01T00:00:00Z", nil))
	require.NoError(t, err)
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	for name, text := range map[string]string{"in/4.json": badge(4), "notes.txt": "remember the milk"} {
		f, err := z.Create(name)
		require.NoError(t, err)
		_, err = f.Write([]byte(text))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	got := ada.bring(r.base, file{"1.json", badge(1)}, file{"2.jwt", i.token(i.badge(numbered(2), "2025-06-01T00:00:00Z", nil))},
		file{"record", i.sign(i.record(numbered(3), badge(1)))}, file{"all.zip", zipped.String()}, file{"1 again.json", badge(1)},
		file{"forged.json", strings.Replace(badge(5), "Ties ten", "Ties six", 1)}, file{"unsigned.json", string(unsigned)}, file{"empty", ""},
		file{"<b>.pdf", "%PDF-1.7"}, file{"broken.zip", zipped.String()[:80]}, file{"long", strings.Repeat(" ", longestFile+1)})
	require.Equal(t, 200, got.status)
	for _, want := range []string{
		"1.json : is in your wallet now.", "2.jwt : is in your wallet now.", "record : is in your wallet now.", "4.json : is in your wallet now.",
		"notes.txt : was not taken: ", "1 again.json : was here already.", "forged.json : was not taken: ", "unsigned.json : was not taken: ",
		"empty : was not taken: ", "<b>.pdf : was not taken: ", "broken.zip : was not taken: ", "long : is longer than 16 MiB.",
	} {
		require.Contains(t, got.words(), want)
	}
	require.Len(t, got.things(), 4)
	require.Contains(t, got.words(), "Records 1")
	require.Contains(t, got.words(), "Badges 3")
	require.Equal(t, 413, ada.bring(r.base, file{"a", strings.Repeat(" ", longestFile)}, file{"b", strings.Repeat(" ", longestFile)},
		file{"c", strings.Repeat(" ", longestFile)}, file{"d", strings.Repeat(" ", longestFile)}).status)
	require.Equal(t, 400, ada.send(form{action: r.base + "/demo/wallet", fields: url.Values{"file": {"x"}}}).status)
	require.Equal(t, 200, ada.bring(r.base).status, "no file was chosen")
	var many []file
	for n := range mostFiles + 1 {
		many = append(many, file{fmt.Sprint(n), ""})
	}
	require.Contains(t, ada.bring(r.base, many...).words(), "is more than is taken at once")
}

// A search looks into names, descriptions, issuers and skills of everything, and a long
// list has pages that show each once.
func TestSearch(t *testing.T) {
	r := start(t, "-store", "memory")
	s := r.connected(t, badgesAt)
	i := newIssuer("search")
	const many = 120
	for n := range many {
		badge := i.badge(numbered(n), "2025-06-01T00:00:00Z", func(all map[string]any) {
			all["name"] = fmt.Sprintf("Knots %d", n)
			achievement := all["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
			if n%40 == 7 {
				achievement["tag"] = []any{"Harbour"}
				achievement["alignment"] = []any{map[string]any{"type": []any{"Alignment"}, "targetName": "Splices <rope>", "targetUrl": "https://skills.example/1"}}
			}
		})
		require.Equal(t, 201, s.post1(i.sign(badge)).status)
	}
	ada := r.reader(t, "ada", adasPassword)
	seen := map[string]bool{}
	more := regexp.MustCompile(`href="([^"]*before=[^"]*)"`)
	pages := 0
	for at := "/demo/wallet"; at != ""; pages++ {
		got := ada.open(r.base + at)
		require.Contains(t, got.words(), "Badges 120")
		for _, thing := range got.things() {
			require.False(t, seen[thing], "it is there once")
			seen[thing] = true
		}
		at = ""
		if m := more.FindStringSubmatch(string(got.body)); m != nil {
			at = html.UnescapeString(m[1])
		}
	}
	require.Len(t, seen, many)
	require.Equal(t, 3, pages)
	require.Less(t, strings.Index(ada.open(r.base+"/demo/wallet").words(), "Knots 119"), strings.Index(ada.open(r.base+"/demo/wallet").words(), "Knots 118"),
		"what came last is first")
	for _, odd := range []string{"before=-1", "before=x", "before=99999999999999999999", "kind=x", "kind=badges&before=1", "q=%ff%00"} {
		require.Equal(t, 200, ada.open(r.base+"/demo/wallet?"+odd).status, odd)
	}
	for words, want := range map[string]int{
		"harbour": 3, "HARBOUR sailing": 3, "splices": 3, "knots 77": 1, "  ": 50, "sailing school": 50, "no such thing": 0, "<rope>": 3, "%": 0, strings.Repeat("x", 5000): 0,
	} {
		got := ada.open(r.base + "/demo/wallet?" + url.Values{"q": {words}}.Encode())
		require.Len(t, got.things(), want, words)
	}
}

// The download has everything, to the byte.
func TestTakeAlong(t *testing.T) {
	r := start(t, "-store", "memory")
	ada := r.reader(t, "ada", adasPassword)
	i := newIssuer("along")
	badge, record := i.sign(i.badge(numbered(1), "2025-06-01T00:00:00Z", nil)), ""
	record = i.sign(i.record(numbered(2), badge))
	ada.bring(r.base, file{"1", badge}, file{"2", record})
	link := ada.share(r.base+ada.open(r.base + "/demo/wallet").things()[1], url.Values{})
	got := ada.open(r.base + "/demo/wallet/export")
	require.Contains(t, got.header.Get("Content-Disposition"), "attachment")
	m := &hub.Memory{}
	done, err := hub.Import(t.Context(), m, hub.Owner{Tenant: "x", User: "y"}, bytes.NewReader(got.body), hub.ImportOptions{})
	require.NoError(t, err)
	require.Equal(t, hub.Imported{Created: 2}, done)
	require.Contains(t, string(got.body), link[strings.LastIndex(link, "/")+1:])
	for _, kind := range hub.Kinds() {
		page, err := m.List(t.Context(), hub.Owner{Tenant: "x", User: "y"}, hub.Query{Kind: kind})
		require.NoError(t, err)
		require.Len(t, page.Entries, 1)
		require.Contains(t, []string{badge, record}, string(page.Entries[0].Raw))
	}
}
