package rules

import (
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
)

// IdentityDigest takes an identity hash, "algorithm$hex", apart (Open Badges 3.0,
// IdentityHash). Only md5 and sha256 of their full length are accepted, with hex
// digits of either case; the error says what is wrong.
func IdentityDigest(text string) (algorithm string, digest []byte, err error) {
	algorithm, digits, _ := strings.Cut(text, "$")
	size := 0
	switch algorithm {
	case "sha256":
		size = 32
	case "md5":
		size = 16
	default:
		return "", nil, errors.New("the algorithm is neither sha256 nor md5")
	}
	digest, err = hex.DecodeString(digits)
	if err != nil || len(digest) != size {
		return "", nil, fmt.Errorf("%s has %d hexadecimal digits", algorithm, 2*size)
	}
	return algorithm, digest, nil
}

// IsEmail reports whether text is an e-mail address by itself, without a name. It
// asks for no more than what every address has.
func IsEmail(text string) bool {
	at := strings.LastIndexByte(text, '@')
	return at > 0 && at < len(text)-1 && !strings.ContainsAny(text, " \t\r\n<>,;") &&
		!strings.HasPrefix(text[at+1:], ".") && !strings.HasSuffix(text, ".")
}
