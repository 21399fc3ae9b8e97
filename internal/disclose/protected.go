package disclose

import (
	"slices"
	"strings"
)

// protected are the members of a payload that are never disclosed selectively, since who
// hides one changes what the rest means: what the token is, whose and for whom, as an answer
// to what, when it holds, and how it is withdrawn (RFC 9901, 9.7; VC-JOSE-COSE 1.0, 3.2; SD-JWT VC, 3.2.2.2).
var protected = []string{"iss", "nbf", "exp", "aud", "nonce", "holder", "cnf", "vct", "vct#integrity", "status", "crit", "vc", "vp",
	"@context", "type", "issuer", "validFrom", "validUntil", "issuanceDate", "expirationDate",
	"credentialStatus", "credentialSchema", "proof"}

// Protected reports whether the member or element at a JSON Pointer, from the credential,
// must be seen by everybody: one of the above and what stands in it. Of the issuer that is
// its id and type; what else is told of it may be hidden.
func Protected(pointer string) bool {
	at := place{}
	for name := range strings.SplitSeq(strings.TrimPrefix(pointer, "/"), "/") {
		at = *at.below(name)
	}
	return at.protected()
}

// place is where a value stands in the processed payload. Names may be long and many, so
// a pointer is written only where something is told.
type place struct {
	up          *place
	name        string
	depth       int
	top, second string // the names that begin the pointer
}

func (p *place) below(name string) *place {
	b := &place{up: p, name: name, depth: p.depth + 1, top: p.top, second: p.second}
	switch b.depth {
	case 1:
		b.top = name
	case 2:
		b.second = name
	}
	return b
}

func (p *place) protected() bool {
	switch {
	case p.depth == 0 || !slices.Contains(protected, p.top):
		return false
	case p.top == "issuer" && p.depth > 1:
		return p.second == "id" || p.second == "type"
	}
	return true
}
