package browser

import (
	_ "embed"
	"net/url"
	"slices"
	"strings"

	"github.com/stretchr/testify/require"
)

//go:embed sound.js
var soundJS string

// Sound ends the test where something is wrong that every page must have right: a
// language, a title, one main heading and no level skipped, labels, texts for
// pictures, no id twice, enough contrast (WCAG 2.2, 1.4.3), nothing wider than the
// screen, a focus that shows, a console without complaint, and nothing asked of
// another host.
func (p *Page) Sound() {
	p.t.Helper()
	require.Empty(p.t, p.Faults(), "%s", p.URL())
}

// Faults are what Sound finds.
func (p *Page) Faults() []string {
	p.t.Helper()
	var faults []string
	p.Eval(soundJS, &faults)
	for _, complaint := range p.Console() {
		faults = append(faults, "console: "+complaint)
	}
	for _, request := range p.Requests() {
		if !nearby(request) {
			faults = append(faults, "asks elsewhere: "+request)
		}
	}
	faults = append(faults, p.unseen()...)
	return faults
}

func nearby(request string) bool {
	u, err := url.Parse(request)
	if err != nil {
		return false
	}
	return slices.Contains([]string{"127.0.0.1", "localhost", ""}, u.Hostname()) && slices.Contains([]string{"http", "https", "data", "about", "file", "blob"}, u.Scheme)
}

// steps bounds the walk by keyboard: links of one style look alike.
const steps = 25

// unseen walks the page by the keyboard and names what has the focus and looks as it
// does without.
func (p *Page) unseen() (faults []string) {
	const look = `(() => {
		const e = document.activeElement, s = getComputedStyle(e);
		return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join("|");
	})()`
	p.Eval(`document.activeElement && document.activeElement.blur(), window.scrollTo(0, 0), 0`, new(int))
	seen := map[string]bool{}
	for range steps {
		p.Press("Tab")
		var path string
		p.Eval(`window.soundPath ? soundPath(document.activeElement) : ""`, &path)
		if path == "" || seen[path] {
			return faults
		}
		seen[path] = true
		var with, without string
		p.Eval(look, &with)
		if strings.HasPrefix(with, "none|") || strings.Contains(with, "|0px|") {
			p.Eval(`(() => { const e = document.activeElement; window.soundWas = e; e.blur(); const s = getComputedStyle(e);
				const l = [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.backgroundColor].join("|"); e.focus(); return l; })()`, &without)
			if with == without {
				faults = append(faults, "the focus does not show: "+path)
			}
		}
	}
	return faults
}
