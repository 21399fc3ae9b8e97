package token

import (
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// IsClaim reports whether readers of tokens take a member of a credential for a claim.
func IsClaim(name string) bool { return slices.Contains(claimNames, name) }

// claimNames are registered claims that change what a token is, whom it is for or
// how it is read (IANA JSON Web Token Claims; SD-JWT, 4; SD-JWT VC, 3.2). The five
// that stand for members of the credential are not among them.
var claimNames = []string{"vc", "vp", "aud", "iat", "nonce", "cnf", "act", "may_act", "crit", "sub_jwk", "sub_id", "events", "toe", "txn",
	"status", "vct", "vct#integrity", "_sd", "_sd_alg", "sd_hash", "...", "scope", "client_id", "azp"}

// Claims writes the registered claims of those names that a credential on data model 2.0
// has something to say in and does not carry, each after a comma. A date that is none is a
// [*vc.Problem].
func Claims(doc *vc.Document, names ...string) ([]byte, error) {
	root := door.Root(doc)
	var claims []byte
	for _, name := range names {
		value, err := claim(doc, name)
		if err != nil {
			return nil, err
		}
		if len(value) > 0 && !root.Get(name).Exists() {
			claims = append(append(jcs.AppendString(append(claims, ','), name), ':'), value...)
		}
	}
	return claims, nil
}

// claim is the text of a claim, nil where the credential leaves nothing to repeat.
func claim(doc *vc.Document, name string) ([]byte, error) {
	root := door.Root(doc)
	switch name {
	case "iss":
		return textOf(door.Issuer(doc)), nil
	case "jti":
		return textOf(root.Get("id")), nil
	case "sub":
		return textOf(root.Get("credentialSubject").Single().Get("id")), nil
	case "nbf":
		return numericDate(root.Get("validFrom"))
	}
	return numericDate(root.Get("validUntil"))
}

func textOf(v jsonx.Value) []byte {
	if v.Kind() != jsonx.String {
		return nil
	}
	return v.Raw()
}

func numericDate(v jsonx.Value) ([]byte, error) {
	if !v.Exists() {
		return nil, nil
	}
	t, err := vc.ParseTime(jsonx.Content(v))
	if err != nil {
		p := words.Problem(rules.CodeDateTime, v.Pointer(), v.Shown())
		p.Err = err
		return nil, p
	}
	return strconv.AppendInt(nil, t.Unix(), 10), nil
}
