package obapi

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/rest"
)

// acceptable refuses a request that does not take a media type (RFC 9110, 12.5.1): the most
// specific range that fits decides, and one that cannot be read fits nothing.
func acceptable(head http.Header, media string) error {
	ranges := head.Values("Accept")
	if len(ranges) == 0 {
		return nil
	}
	best, weight := -1, 0.0
	for _, list := range ranges {
		for text := range strings.SplitSeq(list, ",") {
			if specific, q, fits := fitting(text, media); fits && specific > best {
				best, weight = specific, q
			}
		}
	}
	if weight > 0 {
		return nil
	}
	return newRefusal(http.StatusNotAcceptable, rest.NotAcceptable, "the answer is "+media+", which the request does not accept")
}

// fitting reads one range: how specific it is, and its weight.
func fitting(text, media string) (specific int, weight float64, fits bool) {
	if strings.TrimSpace(text) == "" {
		return 0, 0, false
	}
	name, parameters, err := mime.ParseMediaType(text)
	if err != nil {
		return 0, 0, false
	}
	kind, _, _ := strings.Cut(media, "/")
	switch name {
	case media:
		specific = 2
	case kind + "/*":
		specific = 1
	case "*/*":
		specific = 0
	default:
		return 0, 0, false
	}
	weight = 1
	if q, ok := parameters["q"]; ok {
		if weight, err = strconv.ParseFloat(q, 64); err != nil || weight < 0 || weight > 1 {
			return 0, 0, false
		}
	}
	return specific, weight, true
}

// mediaOf returns the media type of a body, of those that an operation takes.
func mediaOf(r *request) (string, error) {
	name, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err == mime.ErrInvalidMediaParameter {
		err = nil // the type alone decides
	}
	if err == nil && len(r.Header.Values("Content-Type")) == 1 && slices.Contains(r.op.Body, name) {
		return name, nil
	}
	r.w.Header().Set("Accept-"+titled(r.Method), strings.Join(r.op.Body, ", "))
	return "", newRefusal(http.StatusUnsupportedMediaType, rest.InvalidData, "the body is "+quote.Text(r.Header.Get("Content-Type"))+
		", not "+strings.Join(r.op.Body, " or "))
}

// titled writes a method as header names have it: Accept-Post.
func titled(method string) string { return method[:1] + strings.ToLower(method[1:]) }
