package main

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
)

// The page is sound however it is looked at, tells everything without script, and is used by
// keyboard.
func TestPage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at the page in Chromium")
	}
	url := serve(t, both(t))
	views := browser.Views()
	views["tablet"] = browser.Options{Width: 768, Height: 1024}
	b := browser.Start(t)
	for name, view := range views {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go(url)
			p.Sound()
			require.Equal(t, "Competency frameworks", p.Title())
			p.Shot("framework-" + name)
			for _, text := range []string{"Bicycle Mechanic, Level 1", "Dévoiler une roue", "à l’écoute et au toucher ce qui est usé", "s’arrête ; le levier"} {
				require.Contains(t, p.Text(), text)
			}
			require.Contains(t, p.Source(), "b81d4fae-7dec-41d0-a765-00a0c91ee004", "what is folded is there")
			var lang string
			p.Eval(`document.querySelector("#i-b81d4fae-7dec-41d0-a765-00a0c91ee006 .statement").lang`, &lang)
			require.Equal(t, "en", lang)
			require.NotEmpty(t, p.PDF())
		})
	}
}

// What statements, titles and links of strangers hold does nothing in a browser.
func TestHostilePage(t *testing.T) {
	if testing.Short() {
		t.Skip("looks at the page in Chromium")
	}
	const attack = `<script>hacked = 1</script><img src=x onerror=hacked=1><svg onload=hacked=1></svg><style>body{display:none}</style>` +
		`<iframe src=https://elsewhere.example></iframe><b style=position:fixed onclick=hacked=1>b</details></div>[x](javascript:hacked=1)`
	quoted, err := json.Marshal(attack)
	require.NoError(t, err)
	page, _ := render(t, strings.ReplaceAll(`{"CFDocument":{"identifier":"11111111-1111-4111-8111-111111111110","title":X,"description":X,"language":X},
		"CFItems":[{"identifier":"11111111-1111-4111-8111-111111111111","fullStatement":X,"notes":X,"uri":"javascript:hacked=1"},
			{"identifier":"11111111-1111-4111-8111-111111111112","fullStatement":"the last one"}]}`, "X", string(quoted)))
	p := browser.Start(t).Open(t, browser.Desk)
	p.Go(serve(t, page))
	p.Sound()
	var is string
	p.Eval("typeof hacked", &is)
	require.Equal(t, "undefined", is)
	require.Contains(t, p.Text(), "the last one")
	p.Eval(`getComputedStyle(document.getElementById("i-11111111-1111-4111-8111-111111111112").querySelector(".statement")).fontWeight`, &is)
	require.Equal(t, "600", is, "that of a statement at the top, and not of an element that was left open")
}

// serve serves a page on loopback.
func serve(t *testing.T, page []byte) string {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	t.Cleanup(server.Close)
	return server.URL
}

// Branches open and close by keyboard and without script, links lead to what they name, and
// the search hides what does not match.
func TestHands(t *testing.T) {
	if testing.Short() {
		t.Skip("uses the page in Chromium")
	}
	url := serve(t, both(t))
	b := browser.Start(t)
	const first = "i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01"
	open := func(p *browser.Page) (is bool) {
		p.Eval(`document.getElementById("`+first+`").open`, &is)
		return is
	}
	quiet := browser.Desk
	quiet.NoScript = true
	p := b.Open(t, quiet)
	p.Go(url)
	require.True(t, open(p))
	p.Eval(`document.querySelector("#`+first+` > summary").focus(), 0`, new(int))
	p.Press("Enter")
	require.False(t, open(p))
	p.Press("Enter")
	require.True(t, open(p))
	p.Click(`#i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b07 .links a[href^="#i-b81d"]`)
	p.Until(`location.hash === "#i-b81d4fae-7dec-41d0-a765-00a0c91ee005"`)

	p = b.Open(t, browser.Desk)
	p.Go(url)
	p.Fill("input", "sprockets")
	require.Contains(t, p.Text(), "1 found")
	require.NotContains(t, p.Text(), "True a wheel")
	p.Fill("input", "")
	require.Contains(t, p.Text(), "True a wheel")
	p.Click("#tools button:last-of-type")
	require.False(t, open(p))
	require.NotContains(t, p.Text(), "True a wheel")
	p.Click("#tools button")
	require.True(t, open(p))
	require.Empty(t, p.Console())
}
