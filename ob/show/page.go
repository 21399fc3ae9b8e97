package show

import (
	"embed"
	"html/template"
	"io"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/pagestyle"
)

//go:embed page.html page.css
var files embed.FS

// script makes the one button that needs a script, and shows it.
const script = `document.querySelectorAll("[data-print]").forEach(b=>{b.hidden=false;b.onclick=()=>print()})`

// ContentSecurityPolicy is the policy to serve a [Page] with. It lets the page load
// pictures from its own host and out of itself, have the one style and run the one script
// that it has, and nothing else.
const ContentSecurityPolicy = "default-src 'none'; img-src 'self' data:; style-src 'sha256-" + styleDigest + "'; " +
	"script-src 'sha256-" + scriptDigest + "'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// styleDigest and scriptDigest are the SHA-256 of style and script in base64, which a test
// holds.
const styleDigest = "YxIHDFwj9gQJyHknd01J7Qq3gIOGklXcZTMY1ujMpLg="

const scriptDigest = "mJ23byu42NhtoBoIQUV+oTkgCrxK3nSzaYy94r3AtZw="

// Page writes one HTML page that shows a credential. It is whole in itself: the style
// stands in it, no script is needed to read it, and nothing is loaded but
// [Options].Picture. Serve it with [ContentSecurityPolicy].
func Page(w io.Writer, v *View) error { return pages.ExecuteTemplate(w, "page.html", v) }

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"day":     day,
	"instant": func(t time.Time) string { return t.Format(time.RFC3339) },
	"picture": func(v *View) template.URL { return template.URL(v.shown()) }, // the host's own, or checked data
	"link":    func(s string) template.URL { return template.URL(s) },        // what [Link] made
	"script":  func() template.JS { return script },
	"style":   func() template.CSS { return template.CSS(style) },
	"mark":    func(s State) string { return marks[s] },
	"lower":   strings.ToLower,
}).ParseFS(files, "page.html"))

var style = func() string {
	text, err := files.ReadFile("page.css")
	if err != nil {
		panic(err) // it is embedded
	}
	return pagestyle.CSS + string(text)
}()

// marks say the state by a sign, for those who see no colours.
var marks = map[State]string{
	StateValid: "✓", StateExpired: "⌛", StateNotYetValid: "…", StateRevoked: "✕", StateSuspended: "‖", StateInvalid: "✕", StateUnknown: "?",
}

func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format("2 January 2006")
}
