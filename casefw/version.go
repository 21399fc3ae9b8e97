package casefw

import "strings"

// Version is a version of CASE. The zero Version means "not known".
type Version uint8

// The versions of the standard.
const (
	V1p0 Version = iota + 1
	V1p1
)

// String writes the version as the standard does: "1.0".
func (v Version) String() string {
	return word(v, "unknown", "1.0", "1.1")
}

// Segment returns the path segment of the version's endpoints: "v1p0".
func (v Version) Segment() string {
	switch v {
	case V1p0:
		return "v1p0"
	case V1p1:
		return "v1p1"
	}
	return ""
}

// VersionOfURL reads the version from the path of an endpoint's URL. A uri inside
// a document proves nothing about the document: unchanged entities keep the uri
// of the version under which they were saved.
func VersionOfURL(url string) Version {
	switch {
	case strings.Contains(url, "/v1p1/"):
		return V1p1
	case strings.Contains(url, "/v1p0/"):
		return V1p0
	}
	return 0
}
