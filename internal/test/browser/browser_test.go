package browser_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/browser"
)

// good is a page that has everything right.
const good = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><title>Sign in</title>
<style>:root{color-scheme:light dark}</style><link rel="icon" href="data:,">
<main><h1>Sign in</h1><form method="post" action="/in"><p><label>Name <input name="who"></label><p><button>Go</button></form></main>`

func serve(t *testing.T, pages map[string]string) *httptest.Server {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.Method == http.MethodPost {
			_ = r.ParseForm()
			fmt.Fprintf(w, `<!doctype html><html lang="en"><title>In</title><link rel="icon" href="data:,"><p>Hello %s`, r.PostForm.Get("who"))
			return
		}
		_, _ = io.WriteString(w, pages[r.URL.Path])
	}))
	t.Cleanup(server.Close)
	return server
}

// By mouse and by keyboard a form is filled and sent, with and without script.
func TestHands(t *testing.T) {
	server := serve(t, map[string]string{"/": good})
	b := browser.Start(t)
	for name, view := range browser.Views() {
		t.Run(name, func(t *testing.T) {
			p := b.Open(t, view)
			p.Go(server.URL + "/")
			require.Equal(t, "Sign in", p.Title())
			p.Sound()
			require.NotEmpty(t, p.Shot("hands-"+name))
			p.Fill("input", "Ada")
			p.Submit("button")
			require.Equal(t, "Hello Ada", strings.TrimSpace(p.Text()))

			p.Go(server.URL + "/")
			p.Press("Tab")
			require.Equal(t, "input who", p.Focused())
			p.Type("Grace")
			p.Press("Tab")
			p.Loads(func() { p.Press("Enter") })
			require.Equal(t, "Hello Grace", strings.TrimSpace(p.Text()))
			require.Equal(t, server.URL+"/in", p.URL())
		})
	}
}

// The page prints.
func TestPDF(t *testing.T) {
	server := serve(t, map[string]string{"/": good})
	p := browser.Start(t).Open(t, browser.Desk)
	p.Go(server.URL + "/")
	require.True(t, strings.HasPrefix(string(p.PDF()), "%PDF-"))
}

// Each thing that Sound looks for is seen missing.
func TestFaults(t *testing.T) {
	b := browser.Start(t)
	for fault, change := range map[string][2]string{
		"no language":              {` lang="en"`, ``},
		"no title":                 {`<title>Sign in</title>`, ``},
		"no main":                  {`<main>`, `<div>`},
		"no viewport":              {`<meta name="viewport" content="width=device-width">`, ``},
		"not one h1":               {`<h1>`, `<h1>Twice</h1><h1>`},
		"heading skips a level":    {`</h1>`, `</h1><h3>Deep</h3>`},
		"id twice":                 {`<h1>`, `<i id="a"></i><i id="a"></i><h1>`},
		"picture without text":     {`</h1>`, `</h1><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">`},
		"field without label":      {`<label>Name <input name="who"></label>`, `Name <input name="who">`},
		"nothing says what":        {`<button>Go</button>`, `<button>Go</button><button><i style="padding:9px"></i></button>`},
		"contrast":                 {`<h1>`, `<p style="color:#888;background:#999">pale</p><h1>`},
		"wider than the screen":    {`<h1>`, `<p style="width:3000px">wide</p><h1>`},
		"the focus does not show":  {`<input name="who">`, `<input name="who" style="outline:none">`},
		"console: error":           {`</h1>`, `</h1><script>console.error("no")</script>`},
		"console: exception":       {`</h1>`, `</h1><script>nothing()</script>`},
		"asks elsewhere: https://": {`</h1>`, `</h1><img alt="a" src="https://elsewhere.example/a.png">`},
	} {
		t.Run(fault, func(t *testing.T) {
			page := strings.Replace(good, change[0], change[1], 1)
			require.NotEqual(t, good, page)
			server := serve(t, map[string]string{"/": page})
			p := b.Open(t, browser.Desk)
			p.Go(server.URL + "/")
			require.Contains(t, strings.Join(p.Faults(), "\n"), fault)
		})
	}
}
