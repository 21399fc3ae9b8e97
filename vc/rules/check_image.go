package rules

import (
	"bytes"
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/shape"
	"github.com/laurel-edu/laurel/vc"
)

// sniff is how much of an image's data is looked at: enough for a PNG signature
// and for an SVG element behind a prologue, whatever the size of the image.
const sniff = 1024

// checkPicture judges an image that must be PNG or SVG, where its data stands in
// the document. What a URL serves is not looked at.
func checkPicture(w *shape.Walk, v jsonx.Value) {
	if v = v.Single(); v.Kind() == jsonx.Object {
		v = v.Get("id")
	}
	if v.Kind() != jsonx.String {
		return
	}
	media, data, ok := dataURI(v.Text())
	if !ok {
		return
	}
	switch {
	case data == nil:
		w.Fault(string(CodeImageData), v, "a data: URL of other text", "data:image/png;base64, and the image in base64")
	case media != "image/png" && media != "image/svg+xml":
		w.Fault(string(CodeImageType), v, "a data URI of "+vc.Quote(media), "image/png or image/svg+xml")
	case !looksLike(media, data):
		w.Fault(string(CodeImageContent), v, "other data", media)
	}
}

// dataURI takes the beginning of a data URI apart (RFC 2397). The data of a
// malformed one is nil.
func dataURI(s string) (media string, data []byte, ok bool) {
	if !dataurl.Is(s) {
		return "", nil, false
	}
	head, body, found := strings.Cut(s[5:], ",")
	if !found {
		return "", nil, true
	}
	parts := strings.Split(head, ";")
	media = strings.ToLower(strings.TrimSpace(parts[0]))
	if !strings.EqualFold(strings.TrimSpace(parts[len(parts)-1]), "base64") {
		text, err := url.PathUnescape(wholeEscapes(cut(body, 3*sniff)))
		if err != nil {
			return media, nil, true
		}
		return media, []byte(text), true
	}
	body = strings.TrimRight(cut(body, base64.StdEncoding.EncodedLen(sniff)), "=")
	encoding := base64.RawStdEncoding
	if strings.ContainsAny(body, "-_") {
		encoding = base64.RawURLEncoding
	}
	data, err := encoding.DecodeString(body)
	if err != nil {
		return media, nil, true
	}
	return media, data, true
}

func cut(s string, n int) string {
	if len(s) > n {
		return s[:n/4*4]
	}
	return s
}

// wholeEscapes drops a percent escape that a cut left in two.
func wholeEscapes(s string) string {
	if i := strings.LastIndexByte(s, '%'); i >= 0 && i+3 > len(s) {
		return s[:i]
	}
	return s
}

func looksLike(media string, data []byte) bool {
	if media == "image/png" {
		return bytes.HasPrefix(data, []byte("\x89PNG\r\n\x1a\n"))
	}
	text := bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	if !bytes.HasPrefix(text, []byte("<")) {
		return false
	}
	return len(data) >= sniff || bytes.Contains(text, []byte("svg"))
}
