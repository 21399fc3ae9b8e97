package caseapi

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

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
	since, err := http.ParseTime(head.Get("If-Modified-Since"))
	return err == nil && !modified.IsZero() && !modified.After(since)
}

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

// acceptsGzip reads Accept-Encoding (RFC 9110, 12.5.3): gzip by name, else by "*".
func acceptsGzip(head http.Header) bool {
	any := false
	for _, list := range head.Values("Accept-Encoding") {
		for coding := range strings.SplitSeq(list, ",") {
			name, parameters, _ := strings.Cut(coding, ";")
			switch name = strings.TrimSpace(name); {
			case strings.EqualFold(name, "gzip"), strings.EqualFold(name, "x-gzip"):
				return wanted(parameters)
			case name == "*":
				any = wanted(parameters)
			}
		}
	}
	return any
}

// wanted reports whether a weight is more than 0; one that cannot be read is not.
func wanted(parameters string) bool {
	name, value, found := strings.Cut(strings.TrimSpace(parameters), "=")
	if !found || !strings.EqualFold(strings.TrimSpace(name), "q") {
		return true
	}
	q, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
	return err == nil && q > 0
}
