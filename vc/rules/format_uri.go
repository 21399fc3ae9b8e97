package rules

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The URIs of the table. Any of them may be followed or shown by whoever displays the
// credential, but for the envelope's, which holds a credential.
var (
	formatURI      = &shape.Format{Name: "a URI", Check: checkURI}
	formatImage    = &shape.Format{Name: "a URI", Check: checkImageURI}
	formatEnvelope = &shape.Format{Name: "a URI", Check: checkIRI}
)

// checkIRI tells a text that names no scheme from one that does and is wrong in
// another place.
func checkIRI(s string) string {
	switch {
	case vc.IsAbsoluteIRI(s):
		return ""
	case hasScheme(s):
		return string(CodeIRIMalformed)
	}
	return string(CodeIRI)
}

// hasScheme reports a scheme at the beginning of a text, once what no IRI may hold is
// left out, as browsers leave out white space and controls.
func hasScheme(s string) bool {
	head, _, found := strings.Cut(s, ":")
	scheme := strings.Map(func(r rune) rune {
		if vc.NotInIRI(string(r)) >= 0 {
			return -1
		}
		return r
	}, head)
	return found && vc.IsAbsoluteIRI(scheme+"://a")
}

// faultOfIRI says what of a malformed IRI is in the way, and what belongs there.
func faultOfIRI(s string) (found, expected string) {
	at := vc.NotInIRI(s)
	if at < 0 {
		return vc.Quote(s), "a host, or whatever the scheme asks for, behind it"
	}
	r, size := utf8.DecodeRuneInString(s[at:])
	found = fmt.Sprintf("%U at byte %d of %s", r, at, vc.Quote(s))
	if r < ' ' || r >= 0x7f {
		return found, "a URI without that character"
	}
	return found, fmt.Sprintf("%%%X in place of %q", s[at:at+size], r)
}

func checkURI(s string) string {
	if code := checkIRI(s); code != "" {
		return code
	}
	return failing(!isActive(s), CodeActiveURL)
}

// checkImageURI takes the pictures that browsers show as such.
func checkImageURI(s string) string {
	if code := checkURI(s); code != string(CodeActiveURL) || !holdsImage(s) {
		return code
	}
	return ""
}

// activeSchemes are those of URLs that run code, or show what only the reader's own
// device has, when somebody follows them or a browser shows them.
var activeSchemes = map[string]bool{
	"about": true, "blob": true, "data": true, "file": true, "filesystem": true, "javascript": true, "vbscript": true, "view-source": true,
}

func isActive(uri string) bool {
	scheme, _, _ := strings.Cut(uri, ":")
	return activeSchemes[strings.ToLower(scheme)]
}

// images are the media types of pictures. In an img element an SVG runs no script.
var images = map[string]bool{
	"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true, "image/svg+xml": true,
}

// holdsImage reports a data URI of a picture, going by what it says of itself.
func holdsImage(uri string) bool {
	scheme, rest, _ := strings.Cut(uri, ":")
	media := rest
	if end := strings.IndexAny(rest, ";,"); end >= 0 {
		media = rest[:end]
	}
	return strings.EqualFold(scheme, "data") && images[strings.ToLower(media)]
}
