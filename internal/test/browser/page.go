package browser

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Page is a tab with cookies of its own. Its methods end the test where Chromium says
// no. A Page is for one goroutine.
type Page struct {
	t       testing.TB
	wire    *wire
	session string

	mu       sync.Mutex
	loads    int
	console  []string
	requests []string
}

// Open opens an empty tab that shares nothing with others, for a test or a part of it.
func (b *Browser) Open(t testing.TB, o Options) *Page {
	t.Helper()
	if o.Width == 0 {
		o.Width, o.Height = Desk.Width, Desk.Height
	}
	var context struct{ BrowserContextID string }
	require.NoError(t, b.wire.call("", "Target.createBrowserContext", struct{}{}, &context))
	var target struct{ TargetID string }
	require.NoError(t, b.wire.call("", "Target.createTarget",
		map[string]any{"url": "about:blank", "browserContextId": context.BrowserContextID, "width": o.Width, "height": o.Height}, &target))
	var attached struct{ SessionID string }
	require.NoError(t, b.wire.call("", "Target.attachToTarget",
		map[string]any{"targetId": target.TargetID, "flatten": true}, &attached))
	t.Cleanup(func() {
		_ = b.wire.call("", "Target.disposeBrowserContext", map[string]any{"browserContextId": context.BrowserContextID}, nil)
	})
	p := &Page{t: t, wire: b.wire, session: attached.SessionID}
	b.wire.hear(p.session, p.heard)
	for _, domain := range []string{"Page", "Runtime", "Log", "Network", "DOM"} {
		p.call(domain+".enable", struct{}{}, nil)
	}
	p.look(o)
	return p
}

func (p *Page) look(o Options) {
	p.call("Emulation.setDeviceMetricsOverride",
		map[string]any{"width": o.Width, "height": o.Height, "deviceScaleFactor": 1, "mobile": o.Width < 600}, nil)
	scheme := "light"
	if o.Dark {
		scheme = "dark"
	}
	p.call("Emulation.setEmulatedMedia", map[string]any{"features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}}}, nil)
	p.call("Emulation.setScriptExecutionDisabled", map[string]any{"value": o.NoScript}, nil)
}

func (p *Page) call(method string, params, result any) {
	p.t.Helper()
	require.NoError(p.t, p.wire.call(p.session, method, params, result))
}

// heard keeps what tests ask for: loads, what was requested, what the console said.
func (p *Page) heard(method string, params json.RawMessage) {
	var e struct {
		Type             string
		Args             []struct{ Value any }
		Entry            struct{ Level, Text, URL string }
		Request          struct{ URL string }
		ExceptionDetails struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	_ = json.Unmarshal(params, &e)
	p.mu.Lock()
	defer p.mu.Unlock()
	switch method {
	case "Page.loadEventFired":
		p.loads++
	case "Network.requestWillBeSent":
		p.requests = append(p.requests, e.Request.URL)
	case "Runtime.exceptionThrown":
		p.console = append(p.console, "exception: "+e.ExceptionDetails.Text+" "+e.ExceptionDetails.Exception.Description)
	case "Log.entryAdded":
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			p.console = append(p.console, e.Entry.Level+": "+e.Entry.Text+" "+e.Entry.URL)
		}
	case "Runtime.consoleAPICalled":
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			text, _ := json.Marshal(e.Args)
			p.console = append(p.console, e.Type+": "+string(text))
		}
	}
}

// Go opens an address and waits until it is loaded.
func (p *Page) Go(url string) {
	p.t.Helper()
	p.Loads(func() {
		var answer struct{ ErrorText string }
		p.call("Page.navigate", map[string]any{"url": url}, &answer)
		require.Empty(p.t, answer.ErrorText, "%s", url)
	})
}

// Loads does something that leads to another page, and waits until that is loaded.
func (p *Page) Loads(do func()) {
	p.t.Helper()
	before := p.loaded()
	do()
	p.until("another page is loaded", func() bool { return p.loaded() > before })
}

func (p *Page) loaded() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.loads
}

// Until waits until an expression of JavaScript is true on the page.
func (p *Page) Until(expression string) {
	p.t.Helper()
	p.until(expression, func() bool {
		var is bool
		// While one page gives way to the next there is nobody to ask.
		return p.eval("!!("+expression+")", &is) == nil && is
	})
}

func (p *Page) until(what string, is func() bool) {
	p.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if is() {
			return
		}
	}
	require.Fail(p.t, "the page does not come to it", "%s\nconsole: %s", what, strings.Join(p.Console(), "\n"))
}

// Eval reads the value of an expression of JavaScript into what is given.
func (p *Page) Eval(expression string, into any) {
	p.t.Helper()
	require.NoError(p.t, p.eval(expression, into))
}

func (p *Page) eval(expression string, into any) error {
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct{ Exception struct{ Description string } }
	}
	err := p.wire.call(p.session, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer.Result.Value, into)
}

// Text is the text that a person sees.
func (p *Page) Text() (text string) { p.Eval("document.body.innerText", &text); return text }

// Source is the text of the whole document, that of what is folded away too.
func (p *Page) Source() (text string) { p.Eval("document.body.textContent", &text); return text }

// Title is the title of the page.
func (p *Page) Title() (title string) { p.Eval("document.title", &title); return title }

// URL is the address of the page.
func (p *Page) URL() (url string) { p.Eval("location.href", &url); return url }

// Console is what the browser complained of since the tab was opened: errors,
// warnings, exceptions, what a policy refused.
func (p *Page) Console() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.console...)
}

// Requests are the addresses that were asked since the tab was opened.
func (p *Page) Requests() []string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]string(nil), p.requests...)
}

// Shot takes a picture of the whole page. LAUREL_SHOTS names a folder to keep it in,
// as NAME.png.
func (p *Page) Shot(name string) []byte {
	p.t.Helper()
	png := p.data("Page.captureScreenshot", map[string]any{"format": "png", "captureBeyondViewport": true})
	keep(p.t, name, png)
	return png
}

// PDF prints the page.
func (p *Page) PDF() []byte {
	p.t.Helper()
	return p.data("Page.printToPDF", map[string]any{"printBackground": false})
}

func (p *Page) data(method string, params any) []byte {
	var answer struct{ Data string }
	p.call(method, params, &answer)
	data, err := base64.StdEncoding.DecodeString(answer.Data)
	require.NoError(p.t, err)
	return data
}
