package rules

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// The URIs of the table. Any of them may be followed or shown by whoever displays the
// credential, but for the envelope's, which holds a credential.
var (
	formatURI      = &shape.Format{Name: "URI", Check: checkURI}
	formatImage    = &shape.Format{Name: "URI", Check: checkImageURI}
	formatEnvelope = &shape.Format{Name: "URI", Check: checkIRI}
)

func checkIRI(s string) string { return failing(vc.IsAbsoluteIRI(s), CodeIRI) }

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
