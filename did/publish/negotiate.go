package publish

import (
	"slices"
	"strconv"
	"strings"
)

// mediaTypes are those that a document is served in, the usual one first, which whoever
// asks for none of them gets: verifiers go by what is written and not by its type. A DID
// document is application/did+json by DID Core 1.0, 6.2, and application/did by 1.1;
// another one JSON-LD, as a Profile is, and application/cid by Controlled Identifiers 1.0.
// Neither of the two new names begins the list, since software in use looks for "json".
func mediaTypes(i *Issuer) []string {
	types := []string{"application/ld+json", "application/cid", "application/json"}
	if strings.HasPrefix(i.ID(), "did:") {
		types = []string{"application/did+json", "application/did", "application/did+ld+json", "application/ld+json", "application/json"}
	}
	if i.root.Get("@context").Exists() {
		return types
	}
	return slices.DeleteFunc(types, func(name string) bool { return strings.Contains(name, "ld+json") })
}

// negotiated is the type that an Accept header likes best (RFC 9110, 12.5.1), among equals
// the first that is offered.
func negotiated(accept, offered []string) string {
	best, most := offered[0], 0.0
	for _, name := range offered {
		if q := liking(accept, name); q > most {
			best, most = name, q
		}
	}
	return best
}

// liking is the weight of a type: that of the range that names it most closely.
func liking(accept []string, name string) float64 {
	family, _, _ := strings.Cut(name, "/")
	found, weight := -1, 0.0
	for part := range strings.SplitSeq(strings.Join(accept, ","), ",") {
		kind, parameters, _ := strings.Cut(part, ";")
		close := slices.Index([]string{"*/*", family + "/*", name}, strings.ToLower(strings.TrimSpace(kind)))
		if close > found {
			found, weight = close, weightOf(parameters)
		}
	}
	return weight
}

// weightOf reads q among the parameters of a range, 1 where it is not there and 0 where it
// cannot be read.
func weightOf(parameters string) float64 {
	for parameter := range strings.SplitSeq(parameters, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(parameter), "=")
		if strings.EqualFold(name, "q") {
			q, err := strconv.ParseFloat(value, 64)
			if err != nil || !(q >= 0 && q <= 1) {
				return 0
			}
			return q
		}
	}
	return 1
}
