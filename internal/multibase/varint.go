package multibase

import "encoding/binary"

// Varint reads the unsigned varint that a Multicodec value begins with and
// returns the bytes behind it. It refuses overlong forms and more than nine
// bytes, as the Multiformats rule does.
func Varint(b []byte) (code uint64, rest []byte, err error) {
	code, n := binary.Uvarint(b)
	if n <= 0 || n > 9 {
		return 0, nil, &Error{Code: CodeVarint, Detail: "the value does not begin with a whole varint"}
	}
	if n > 1 && b[n-1] == 0 {
		return 0, nil, &Error{Code: CodeVarint, Detail: "the varint is longer than it need be"}
	}
	return code, b[n:], nil
}

// AppendVarint appends code as an unsigned varint.
func AppendVarint(dst []byte, code uint64) []byte { return binary.AppendUvarint(dst, code) }
