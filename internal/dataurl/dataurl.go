// Package dataurl reads data: URLs (RFC 2397).
package dataurl

import (
	"encoding/base64"
	"errors"
	"net/url"
	"strings"
)

// Is reports whether a URL has the scheme.
func Is(url string) bool { return len(url) > 4 && strings.EqualFold(url[:5], "data:") }

// Parse returns the media type of a data: URL, in lower case and without parameters, and
// its data. Percent-encoding is undone, and base64 where the URL says so.
func Parse(text string) (media string, data []byte, err error) {
	scheme, rest, _ := strings.Cut(text, ":")
	head, body, ok := strings.Cut(rest, ",")
	switch {
	case !strings.EqualFold(scheme, "data"):
		return "", nil, errors.New("the URL lacks the scheme data")
	case !ok:
		return "", nil, errors.New("no comma stands before the data")
	case body == "":
		return "", nil, errors.New("it holds nothing")
	}
	if head, err = url.PathUnescape(head); err != nil {
		return "", nil, errors.New("its media type is not percent-encoded as a URL is")
	}
	if body, err = url.PathUnescape(body); err != nil {
		return "", nil, errors.New("its data are not percent-encoded as a URL is")
	}
	media, parameters, _ := strings.Cut(strings.ToLower(head), ";")
	if media = strings.TrimSpace(media); !isMediaType(media) {
		return "", nil, errors.New("it has no media type")
	}
	if parameters != "base64" && !strings.HasSuffix(parameters, ";base64") {
		return media, []byte(body), nil
	}
	if data, err = base64.StdEncoding.Strict().DecodeString(body); err != nil {
		return "", nil, errors.New("its data are not base64, as it says they are")
	}
	return media, data, nil
}

// isMediaType reports whether a text is a type and a subtype (RFC 6838, 4.2).
func isMediaType(s string) bool {
	kind, sub, ok := strings.Cut(s, "/")
	return ok && isName(kind) && isName(sub)
}

func isName(s string) bool {
	for _, c := range s {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') && !strings.ContainsRune("!#$&-^_.+", c) {
			return false
		}
	}
	return s != ""
}
