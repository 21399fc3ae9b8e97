package show

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

// Link returns a URL that is safe to open by a click: https, http or mailto, without a
// password, and empty where it is another. What a badge calls a URL may be a script, or
// open what is on the reader's device.
func Link(iri vc.IRI) string {
	u, err := url.Parse(string(iri))
	switch {
	case err != nil, u.User != nil, strings.ContainsFunc(string(iri), isControl):
		return ""
	case u.Scheme == "mailto" && u.Opaque != "", (u.Scheme == "https" || u.Scheme == "http") && u.Host != "":
		return u.String()
	}
	return ""
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// Picture is an image of a credential.
type Picture struct {
	// URL is an https URL, or a data: URL whose data begins as its media type does.
	// It is empty where there is no image, or none that is safe to load.
	URL string
	// Alt are the words for the image: its caption, where it has one.
	Alt Text
}

// Inline reports whether the image stands in the credential itself, so that showing it
// asks nobody.
func (p Picture) Inline() bool { return dataurl.Is(p.URL) }

func (m maker) picture(ref vc.Ref[ob.Image]) Picture {
	if ref.Object == nil {
		return Picture{URL: loadable(ref.ID)}
	}
	return Picture{URL: loadable(ref.Object.ID), Alt: m.text(ref.Object.Caption)}
}

func (m maker) firstPicture(pictures ...Picture) Picture {
	for _, p := range pictures {
		if p.URL != "" {
			return p
		}
	}
	return Picture{}
}

// loadable returns the URL of an image where a browser may load it.
func loadable(iri vc.IRI) string {
	if dataurl.Is(string(iri)) {
		if media, data, err := dataurl.Parse(string(iri)); err == nil && isImage(media, data) {
			return string(iri)
		}
		return ""
	}
	if link := Link(iri); strings.HasPrefix(link, "https://") {
		return link
	}
	return ""
}

// images are the media types that are shown, and how their data begins. SVG in an img
// element runs no scripts and loads nothing.
var images = map[string][]string{
	"image/png":     {"\x89PNG\r\n\x1a\n"},
	"image/jpeg":    {"\xff\xd8\xff"},
	"image/gif":     {"GIF87a", "GIF89a"},
	"image/webp":    {"RIFF"},
	"image/svg+xml": {"<"},
}

func isImage(media string, data []byte) bool {
	data = bytes.TrimLeft(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), " \t\r\n")
	return slices.ContainsFunc(images[media], func(begin string) bool { return bytes.HasPrefix(data, []byte(begin)) })
}
