package page

import (
	"crypto/sha256"
	_ "embed" // the template, the style and the shapes
	"encoding/base64"
	"html/template"
	"io"
	"strings"
	"sync"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/internal/pagestyle"
)

//go:embed page.html
var source string

//go:embed style.css
var ownStyle string

var style = pagestyle.CSS + ownStyle

//go:embed shapes.svg
var shapes string

// Options say how a reading is shown. The zero value is a page without a file name.
type Options struct {
	// Title is the heading, "Credentials" by default.
	Title string
	// File is what the upload is called, "" where it has no name.
	File string
	// Languages are those that the reader prefers, the best first (BCP 47): what credentials
	// say in several languages is shown in one of these. The words of the page itself are
	// English.
	Languages []string
}

// Write writes the page of a reading. Errors are those of w. It fetches nothing, and may be
// called from several goroutines.
func Write(w io.Writer, r *intake.Reading, o Options) error {
	t, err := parsed()
	if err != nil {
		return err
	}
	v := newView(r, o)
	v.Policy = policy
	return t.ExecuteTemplate(w, "page", v)
}

// parsed is the template, with the style in its place before anything of a reading is.
var parsed = sync.OnceValues(func() (*template.Template, error) {
	return template.New("").Parse(strings.NewReplacer("STYLE", style, "SHAPES", shapes).Replace(source))
})

// policy lets the one style of the page apply, and nothing else, whatever a credential holds.
var policy = func() string {
	sum := sha256.Sum256([]byte(style))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()
