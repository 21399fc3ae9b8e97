package jcs

import (
	"cmp"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// appendText writes a string value. Its source text is already canonical where
// it holds no escape: JSON allows no bare control character there.
func appendText(dst []byte, v jsonx.Value) []byte {
	text := v.Text()
	if raw := v.Raw(); len(raw) == len(text)+2 {
		return append(dst, raw...)
	}
	return AppendString(dst, text)
}

// AppendString writes s, which must be UTF-8, as a JSON string with the escapes
// of RFC 8785, 3.2.2.2 and no others.
func AppendString(dst []byte, s string) []byte {
	dst = append(dst, '"')
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 0x20 && c != '"' && c != '\\' {
			continue
		}
		dst = append(dst, s[from:i]...)
		dst = appendEscape(dst, c)
		from = i + 1
	}
	dst = append(dst, s[from:]...)
	return append(dst, '"')
}

func appendEscape(dst []byte, c byte) []byte {
	const hex = "0123456789abcdef"
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, '\\', 'b')
	case '\t':
		return append(dst, '\\', 't')
	case '\n':
		return append(dst, '\\', 'n')
	case '\f':
		return append(dst, '\\', 'f')
	case '\r':
		return append(dst, '\\', 'r')
	}
	return append(dst, '\\', 'u', '0', '0', hex[c>>4], hex[c&15])
}

// compare orders two UTF-8 texts by their UTF-16 code units (RFC 8785, 3.2.3).
// The order is that of the bytes but for one case: code points beyond U+FFFF,
// whose lead bytes are 0xF0 and up, are surrogates in UTF-16 and come before
// U+E000 to U+FFFF, whose lead bytes are 0xEE and 0xEF.
func compare(a, b string) int {
	n := min(len(a), len(b))
	for i := 0; i < n; i++ {
		if x, y := a[i], b[i]; x != y {
			if x >= 0xEE && y >= 0xEE && (x >= 0xF0) != (y >= 0xF0) {
				return cmp.Compare(y, x)
			}
			return cmp.Compare(x, y)
		}
	}
	return cmp.Compare(len(a), len(b))
}
