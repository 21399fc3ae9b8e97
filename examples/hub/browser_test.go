package main

import (
	"bytes"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
)

// views are those that the pages are looked at: a desk and a phone, or all of them.
func views() map[string]browser.Options {
	all := browser.Views()
	if os.Getenv("LAUREL_LONG") == "" {
		maps.DeleteFunc(all, func(name string, _ browser.Options) bool { return name != "desk-light" && name != "phone-dark" })
	}
	return all
}

// drawing is a picture that stands in a badge.
const drawing = "data:image/svg+xml;base64," +
	"PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHZpZXdCb3g9IjAgMCA5IDkiPjxjaXJjbGUgY3g9IjQuNSIgY3k9IjQuNSIgcj0iNCIgZmlsbD0iIzFmNWY0ZCIvPjwvc3ZnPg=="

// rich is a badge with much of what one can have.
func rich(i *issuer) map[string]any {
	return i.badge(numbered(100), "2025-06-01T00:00:00Z", func(all map[string]any) {
		all["name"], all["description"], all["awardedDate"] = "Keel laying", "Lays a keel that is straight.", "2025-05-30T00:00:00Z"
		all["issuer"] = map[string]any{"id": i.did, "type": []any{"Profile"}, "name": "Harbour School of Boatbuilding", "url": "https://school.example",
			"email": "office@school.example", "description": "By the sea since **1871**."}
		subject := all["credentialSubject"].(map[string]any)
		subject["identifier"] = []any{map[string]any{"type": "IdentityObject", "hashed": false, "identityType": "name", "identityHash": "Ada Lot"}}
		subject["creditsEarned"], subject["narrative"] = 3, "Laid the keel of the *Heron*."
		subject["result"] = []any{map[string]any{"type": []any{"Result"}, "resultDescription": "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d01", "value": "A"}}
		achievement := subject["achievement"].(map[string]any)
		achievement["name"], achievement["humanCode"], achievement["tag"] = "Keel laying", "BOAT 101", []any{"wood", "sea"}
		achievement["image"] = map[string]any{"id": drawing, "type": "Image", "caption": "A keel from below"}
		achievement["criteria"] = map[string]any{"narrative": "Lay **one keel** under supervision, and [one](https://school.example/keels) alone.\n\n- plane it\n- rivet it"}
		achievement["alignment"] = []any{map[string]any{"type": []any{"Alignment"}, "targetName": "Shapes timber", "targetCode": "W.3", "targetUrl": "https://skills.example/w3",
			"targetFramework": "Woodwork"}}
		achievement["resultDescription"] = []any{map[string]any{"id": "urn:uuid:0b8f1de0-5a36-4a55-8f7e-3a0f5e4a9d01", "type": []any{"ResultDescription"},
			"name": "Final grade", "resultType": "LetterGrade", "allowedValue": []any{"F", "C", "B", "A"}}}
	})
}

// hostiles are texts that do something on a careless page.
const hostiles = `</title></style><script>alert(1)</script><img src=https://evil.example/x onerror=alert(2)>"'><svg onload=alert(3)>{{.}}`

// hostile is a badge of somebody who would like the pages to do something.
func hostile(i *issuer) map[string]any {
	return i.badge(numbered(101), "2025-06-01T00:00:00Z", func(all map[string]any) {
		all["name"], all["description"] = hostiles, hostiles
		all["issuer"].(map[string]any)["name"] = hostiles
		all["issuer"].(map[string]any)["url"] = "javascript:alert(4)"
		achievement := all["credentialSubject"].(map[string]any)["achievement"].(map[string]any)
		achievement["name"], achievement["description"] = hostiles, hostiles
		achievement["image"] = map[string]any{"id": "https://evil.example/beacon.png", "type": "Image", "caption": hostiles}
		achievement["criteria"] = map[string]any{"narrative": hostiles + "\n\n[a](javascript:alert(5)) ![b](https://evil.example/y.png)"}
	})
}

// leaves are the texts and numbers that a value has, but for what says how it is signed
// and by what its learner is known.
func leaves(v any) (all []string) {
	switch v := v.(type) {
	case map[string]any:
		for name, member := range v {
			if name != "@context" && name != "proof" && (name != "id" || member != "did:example:ada") && name != "identifier" {
				all = append(all, leaves(member)...)
			}
		}
	case []any:
		for _, item := range v {
			all = append(all, leaves(item)...)
		}
	case string:
		if !strings.HasPrefix(v, "data:") {
			all = append(all, v)
		}
	default:
		text, _ := json.Marshal(v)
		all = append(all, string(text))
	}
	return all
}

// folded is a text without its white space.
func folded(text string) string { return strings.Join(strings.Fields(text), "") }

// A person brings badges by hand and by mouse, finds them, shows one to others and takes
// that back, however they look at it. Nothing that a badge says does anything.
func TestWalletInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("drives Chromium")
	}
	i := newIssuer("browser")
	folder := t.TempDir()
	path := func(name string, credential map[string]any) string {
		at := filepath.Join(folder, name)
		require.NoError(t, os.WriteFile(at, []byte(i.sign(credential)), 0o600))
		return at
	}
	old := i.badge(numbered(102), "2024-06-01T00:00:00Z", func(all map[string]any) {
		all["name"], all["validUntil"] = "First aid at sea", "2025-06-01T00:00:00Z"
	})
	richAt, hostileAt := path("keel.json", rich(i)), path("hostile.json", hostile(i))
	others := []string{path("aid.json", old), path("record.json", i.record(numbered(103), i.sign(rich(i))))}
	b := browser.Start(t)
	for name, view := range views() {
		t.Run(name, func(t *testing.T) {
			r := start(t, "-store", "memory")
			p := b.Open(t, view)
			sound := func(shot string) {
				t.Helper()
				p.Sound()
				p.Shot("hub-" + shot + "-" + name)
				require.True(t, bytes.HasPrefix(p.PDF(), []byte("%PDF-")))
			}
			for _, page := range []string{"/demo/", "/demo/terms", "/demo/privacy"} {
				p.Go(r.base + page)
				p.Sound()
			}
			p.Go(r.base + "/demo/login?return=/demo/wallet")
			sound("login")
			signIn(p, "ada", adasPassword)
			require.Contains(t, p.Text(), "There is nothing here yet.")
			sound("empty")

			p.Drop("input[type=file]", richAt)
			p.Until(`document.querySelector("input[type=file]").files.length == 1`)
			p.Submit("[enctype] button")
			require.Contains(t, p.Text(), "keel.json: is in your wallet now.")
			p.Choose("input[type=file]", append(others, hostileAt)...)
			p.Submit("[enctype] button")
			require.Contains(t, p.Text(), "hostile.json: is in your wallet now.")
			sound("wallet")
			require.Contains(t, p.Text(), "Expired")
			require.Contains(t, p.Text(), hostiles)

			p.Fill("[type=search]", "harbour timber")
			p.Submit("[role=search] button")
			require.Contains(t, p.Text(), "Keel laying")
			require.NotContains(t, p.Text(), "First aid")
			p.Submit(".things .what a")
			require.Contains(t, p.Title(), "Keel laying")
			require.Contains(t, p.Text(), "Valid")
			p.Submit("form button.primary")
			p.Click("[type=checkbox]")
			p.Submit("form button.primary")
			sound("thing")
			var links []string
			p.Eval(`[...document.querySelectorAll(".links a")].map(a => a.href)`, &links)
			require.Len(t, links, 2)

			// Whoever has the link is somebody else, at another browser.
			other := b.Open(t, view)
			other.Go(links[1])
			other.Sound()
			other.Shot("hub-badge-" + name)
			require.True(t, bytes.HasPrefix(other.PDF(), []byte("%PDF-")))
			require.Equal(t, "Keel laying", other.Title())
			seen := folded(other.Source())
			for _, text := range leaves(rich(i)) {
				require.Contains(t, seen, folded(text))
			}
			require.NotContains(t, seen, "did:example:ada")
			p.Submit(".links button")
			p.Submit(".links button")
			require.Empty(t, p.Faults())
			other.Go(links[1])
			require.Contains(t, other.Text(), "This link leads nowhere")

			p.Go(r.base + "/demo/connections")
			sound("connections")
			p.Go(r.base + "/demo/")
			require.Contains(t, p.Text(), "signed in as ada")
			sound("home")
			harmless(t, b, r, p, view)
		})
	}
}

// harmless looks at all pages of the hostile badge.
func harmless(t *testing.T, b *browser.Browser, r *running, p *browser.Page, view browser.Options) {
	t.Helper()
	p.Go(r.base + "/demo/wallet?q=onload")
	var at, link string
	p.Eval(`document.querySelector(".things .what a").href`, &at) // it has several lines
	p.Go(at)
	p.Submit("form button.primary")
	p.Eval(`document.querySelector(".links a").href`, &link)
	public := b.Open(t, view)
	for _, to := range []string{at, at + "/page"} {
		p.Go(to)
		p.Sound()
		require.Contains(t, p.Source(), hostiles)
	}
	public.Go(link)
	public.Sound()
	require.Contains(t, public.Source(), hostiles)
	for _, page := range []*browser.Page{p, public} {
		for _, request := range page.Requests() {
			require.True(t, strings.HasPrefix(request, r.base) || strings.HasPrefix(request, "data:"), request)
		}
	}
}

// By the keyboard alone, in the order in which the page is read.
func TestWalletByKeyboard(t *testing.T) {
	if testing.Short() {
		t.Skip("drives Chromium")
	}
	r := start(t, "-store", "memory")
	i := newIssuer("keyboard")
	r.reader(t, "ada", adasPassword).bring(r.base, file{"a", i.sign(rich(i))})
	p := browser.Start(t).Open(t, browser.Phone)
	p.Go(r.base + "/demo/login?return=/demo/wallet")
	p.Type("ada")
	p.Press("Tab")
	p.Type(adasPassword)
	p.Loads(func() { p.Press("Enter") })
	tab := func(want ...string) {
		t.Helper()
		for _, w := range want {
			p.Press("Tab")
			require.Equal(t, w, p.Focused())
		}
	}
	tab("a Laurel hub", "a Wallet", "a Connected applications", "a Account", "input q", "button Search", "a Keel laying")
	p.Loads(func() { p.Press("Enter") })
	tab("a Laurel hub", "a Wallet", "a Connected applications", "a Account", "a Everything it says", "a Download", "a Back to the wallet", "input file")
	p.Press(" ")
	tab("button Make a link")
	p.Loads(func() { p.Press("Enter") })
	var link string
	p.Eval(`document.querySelector(".links a").href`, &link)
	require.Contains(t, link, r.base+"/demo/b/")
	require.Contains(t, p.Text(), "with the file")
	p.Eval(`document.querySelector(".links a").focus()`, nil) // the address has led into the page
	p.Press("Tab")
	require.Contains(t, p.Focused(), "button Withdraw")
	p.Loads(func() { p.Press("Enter") })
	require.False(t, slices.Contains(strings.Fields(p.Text()), link))
}
