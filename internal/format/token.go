package format

import (
	"bytes"
	"encoding/base64"
	"unicode/utf8"
)

// isToken reports whether a kind is a token of some sort.
func isToken(k Kind) bool {
	switch k {
	case Token, BrokenToken, JWE, SDJWT, TokenWrapped, TokenBearer, PercentEncoded:
		return true
	}
	return false
}

// letters counts what a text is made of, as far as it is made of what stands in tokens.
type letters struct {
	dots, tildes, spaces, percents int
	others                         int  // of base64 with padding
	empty                          bool // a part between dots is empty
	last                           int  // length of the last part
}

// count returns false for a text that holds anything else.
func count(text []byte) (l letters, ok bool) {
	for _, c := range text {
		switch {
		case isBase64URL(c):
			l.last++
		case c == '.':
			l.empty = l.empty || l.last == 0
			l.dots, l.last = l.dots+1, 0
		case isSpace(c):
			l.spaces++
		case c == '~':
			l.tildes++
		case c == '%':
			l.percents++
		case c == '=' || c == '+' || c == '/':
			l.others++
		default:
			return l, false
		}
	}
	return l, true
}

func isBase64URL(c byte) bool { return isLetter(c) || c >= '0' && c <= '9' || c == '-' || c == '_' }

// tokens tells the kinds of token, with what an HTTP header has before one.
func tokens(text []byte) Kind {
	rest, ok := afterBearer(text)
	switch k := token(rest); {
	case !ok:
		return k
	case isToken(k):
		return TokenBearer
	}
	return Unknown
}

// token tells the kinds of token. One that is broken must begin with a JOSE header, or
// have nothing but the letters of tokens and a dot behind the first of them.
func token(text []byte) Kind {
	headed := hasHeader(text)
	l, ok := count(text)
	switch {
	case headed && !ok:
		return BrokenToken
	case !ok, l.dots == 0 && l.tildes == 0 && l.percents == 0, !headed && l.spaces+l.percents+l.tildes > 0:
		return Unknown // base64 at most
	case headed && l.percents > 0:
		return PercentEncoded
	case headed && l.spaces > 0 && l.others == 0 && l.dots >= 2:
		return TokenWrapped
	case headed && l.tildes > 0 && l.spaces+l.others == 0 && isSigned(text):
		return SDJWT
	case l.spaces+l.tildes+l.others > 0:
		return broken(text, headed)
	case l.dots == 2 && !l.empty && l.last > 0:
		return Token
	case l.dots == 4 && isEncrypted(text):
		return JWE
	}
	return broken(text, headed)
}

// broken is meant as a token.
func broken(text []byte, headed bool) Kind {
	rest := bytes.TrimLeftFunc(text, func(r rune) bool { return r < utf8.RuneSelf && isBase64URL(byte(r)) })
	if headed || len(rest) > 0 && len(rest) < len(text) && rest[0] == '.' {
		return BrokenToken
	}
	return Unknown
}

// isSigned reports whether a compact JWS stands before the first tilde, as in an SD-JWT
// (RFC 9901, 4).
func isSigned(text []byte) bool {
	jws, _, _ := bytes.Cut(text, []byte("~"))
	l, _ := count(jws)
	return l.dots == 2 && !l.empty && l.last > 0
}

// hasHeader reports whether text begins with the base64 of a JSON object that has a
// member, or none.
func hasHeader(text []byte) bool {
	if len(text) < 4 {
		return false
	}
	var first [3]byte
	if _, err := base64.RawURLEncoding.Decode(first[:], text[:4]); err != nil {
		return false
	}
	return opensObject(first[:])
}

// opensObject reports whether text begins as a JSON object does.
func opensObject(text []byte) bool {
	return len(text) > 1 && text[0] == '{' && (text[1] == '"' || text[1] == '}' || isSpace(text[1]))
}

// maxHeader is the longest JOSE header that is looked into, encoded: 8 KiB are read of one.
const maxHeader = 12 << 10

// isEncrypted reports whether the header names an encryption (RFC 7516, 4.1.2).
func isEncrypted(text []byte) bool {
	head, _, _ := bytes.Cut(text[:min(len(text), maxHeader)], []byte("."))
	plain, err := base64.RawURLEncoding.AppendDecode(nil, head)
	return err == nil && bytes.Contains(plain, []byte(`"enc"`))
}

// afterBearer drops what stands before a token in an HTTP header (RFC 6750, 2.1).
func afterBearer(text []byte) ([]byte, bool) {
	found := false
	for _, word := range [...]string{"authorization:", "bearer"} {
		if prefixed(text, word) && len(text) > len(word) && (isSpace(text[len(word)]) || word[len(word)-1] == ':') {
			text, found = TrimSpace(text[len(word):]), true
		}
	}
	return text, found
}
