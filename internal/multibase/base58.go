package multibase

import (
	"strings"

	"github.com/mr-tron/base58"
)

// DecodeBase58 reads base58btc without a prefix, at most [MaxBase58] characters.
// Every text has one value and every value one text, so no further check of
// canonical form is needed.
func DecodeBase58(s string) ([]byte, error) {
	switch {
	case s == "": // which the library refuses: it stands for no bytes
		return nil, nil
	case len(s) > MaxBase58:
		return nil, tooLong(len(s), MaxBase58)
	}
	b, err := base58.Decode(s)
	if err != nil {
		return nil, &Error{Code: CodeCharacter, Offset: strings.IndexFunc(s, notBase58), Detail: "not a character of base58btc"}
	}
	return b, nil
}

// EncodeBase58 writes b as base58btc, without a prefix. The cost is quadratic in
// the length of b.
func EncodeBase58(b []byte) string { return base58.Encode(b) }

const alphabet = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"

func notBase58(r rune) bool { return !strings.ContainsRune(alphabet, r) }
