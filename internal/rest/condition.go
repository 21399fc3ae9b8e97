package rest

import (
	"crypto/sha256"
	"encoding/base64"
	"io"
	"net/http"
	"strings"
	"time"
)

// Tag is the entity tag of a body, without quotes: it changes when, and only when, a
// byte does.
func Tag(body []byte) string {
	sum := sha256.Sum256(body)
	return tagOf(sum[:])
}

// tagOf is the entity tag of a SHA-256 digest.
func tagOf(sum []byte) string { return base64.RawURLEncoding.EncodeToString(sum[:16]) }

// unchanged reports whether the client has this representation already (RFC 9110,
// 13.2.2): If-None-Match decides where it is there, else If-Modified-Since.
func unchanged(head http.Header, tag string, modified time.Time) bool {
	if known := head.Values("If-None-Match"); len(known) > 0 {
		for _, list := range known {
			if listsTag(list, tag) {
				return true
			}
		}
		return false
	}
	text := head.Get("If-Modified-Since")
	if len(text) > longestTime {
		return false // what is no time is not repeated in the error of a parser
	}
	since, err := http.ParseTime(text)
	return err == nil && !modified.IsZero() && !modified.After(since)
}

// longestTime is longer than any form of a time in HTTP.
const longestTime = 64

// listsTag reports whether a list of entity tags has one, by weak comparison.
func listsTag(list, tag string) bool {
	for {
		list = strings.TrimLeft(list, " \t,")
		if strings.HasPrefix(list, "*") {
			return true
		}
		list = strings.TrimPrefix(list, "W/")
		if !strings.HasPrefix(list, `"`) {
			return false
		}
		end := strings.IndexByte(list[1:], '"')
		if end < 0 {
			return false
		}
		if list[:end+2] == tag {
			return true
		}
		list = list[end+2:]
	}
}

// PageTag is the tag of a page of a list. The total and the links are part of what a
// client gets, so a page whose records stay while the total changes is another; head
// has them already.
func PageTag(body []byte, head http.Header) string {
	sum := sha256.New()
	_, _ = sum.Write(body)
	_, _ = io.WriteString(sum, head.Get("X-Total-Count")+" "+head.Get("Link"))
	return tagOf(sum.Sum(nil))
}
