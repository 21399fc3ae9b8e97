package main

import (
	"net/http"
	"net/http/httptest"
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
	page := both(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	defer server.Close()
	views := browser.Views()
	views["tablet"] = browser.Options{Width: 768, Height: 1024}
	b := browser.Start(t)
	for name, view := range views {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go(server.URL)
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

// Branches open and close by keyboard and without script, links lead to what they name, and
// the search hides what does not match.
func TestHands(t *testing.T) {
	if testing.Short() {
		t.Skip("uses the page in Chromium")
	}
	page := both(t)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page)
	}))
	defer server.Close()
	b := browser.Start(t)
	const first = "i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b01"
	open := func(p *browser.Page) (is bool) {
		p.Eval(`document.getElementById("`+first+`").open`, &is)
		return is
	}
	quiet := browser.Desk
	quiet.NoScript = true
	p := b.Open(t, quiet)
	p.Go(server.URL)
	require.True(t, open(p))
	p.Eval(`document.querySelector("#`+first+` > summary").focus(), 0`, new(int))
	p.Press("Enter")
	require.False(t, open(p))
	p.Press("Enter")
	require.True(t, open(p))
	p.Click(`#i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b07 .links a[href^="#i-b81d"]`)
	p.Until(`location.hash === "#i-b81d4fae-7dec-41d0-a765-00a0c91ee005"`)

	p = b.Open(t, browser.Desk)
	p.Go(server.URL)
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
