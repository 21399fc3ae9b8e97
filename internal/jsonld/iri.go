package jsonld

import "strings"

// iriForm says what a string that ought to identify something is.
type iriForm uint8

const (
	relative     iriForm = iota // no scheme: a relative reference, or plain text
	absolute                    // scheme, colon, and only characters that an IRI can have
	blank                       // a blank node identifier
	malformed                   // has a scheme, and a character that N-Quads' IRIREF forbids
	badPercent                  // an IRI of N-Quads, but with a percent sign that escapes nothing
	twoFragments                // an IRI of N-Quads, but with more than one '#'
)

// Classes of bytes in an IRI.
const (
	schemeByte    = 1 << iota // RFC 3986, 3.1
	forbiddenByte             // N-Quads 1.1, production IRIREF
	percentByte
	hashByte
)

var iriBytes = func() (t [256]uint8) {
	for c := range 256 {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '+', c == '-', c == '.':
			t[c] = schemeByte
		case c <= ' ', strings.IndexByte("<>\"{}|^`\\", byte(c)) >= 0:
			t[c] = forbiddenByte
		case c == '%':
			t[c] = percentByte
		case c == '#':
			t[c] = hashByte
		}
	}
	return t
}()

// formOf classifies s. Nothing but an [absolute] IRI or a [blank] label may
// reach a quad: the writers of N-Quads copy IRIs as they stand, and a '>' within
// one would end it early and forge the rest of the line.
func formOf(s string) iriForm {
	i := schemeEnd(s)
	if i < 0 {
		if strings.HasPrefix(s, "_:") {
			return blank
		}
		return relative
	}
	form, hashes := absolute, 0
	for ; i+8 <= len(s); i += 8 { // as most IRIs are, to the end
		if w := s[i:][:8]; (iriBytes[w[0]]|iriBytes[w[1]]|iriBytes[w[2]]|iriBytes[w[3]]|
			iriBytes[w[4]]|iriBytes[w[5]]|iriBytes[w[6]]|iriBytes[w[7]])&^schemeByte != 0 {
			break
		}
	}
	for ; i < len(s); i++ {
		switch iriBytes[s[i]] {
		case forbiddenByte:
			return malformed
		case percentByte:
			if i+2 >= len(s) || !isHex(s[i+1]) || !isHex(s[i+2]) {
				form = badPercent
			}
		case hashByte:
			if hashes++; hashes == 2 && form == absolute {
				form = twoFragments
			}
		}
	}
	return form
}

// writable reports whether an IRI of that form may stand in a quad. IRIs that
// only RFC 3987 refuses are no danger to N-Quads, and deployed processors sign
// them; the specification drops them, and Strict accepts no stray percent sign.
func (r *run) writable(f iriForm) bool {
	switch f {
	case absolute:
		return true
	case badPercent:
		return r.mode == Lenient
	case twoFragments:
		return r.mode != Standard
	}
	return false
}

// schemeEnd returns the index of the colon that ends the scheme of s, -1 where
// s has no scheme.
func schemeEnd(s string) int {
	if s == "" || s[0]|0x20 < 'a' || s[0]|0x20 > 'z' {
		return -1
	}
	for i := 1; i < len(s); i++ {
		if s[i] == ':' {
			return i
		}
		if iriBytes[s[i]] != schemeByte {
			return -1
		}
	}
	return -1
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f'
}

// isGenDelim reports whether c is of gen-delims (RFC 3986, 2.2): a term whose
// IRI ends so may be a prefix.
func isGenDelim(c byte) bool { return strings.IndexByte(":/?#[]@", c) >= 0 }

// resolve resolves a reference against a base (RFC 3986, 5.2.2), without any
// normalisation. A base without a scheme gives the reference back.
func resolve(base, ref string) string {
	b := splitIRI(base)
	if b.scheme == "" {
		return ref
	}
	r := splitIRI(ref)
	if r.scheme != "" {
		r.path = removeDots(r.path)
		return r.join()
	}
	r.scheme = b.scheme
	if r.hasAuthority {
		r.path = removeDots(r.path)
		return r.join()
	}
	r.authority, r.hasAuthority = b.authority, b.hasAuthority
	switch {
	case r.path == "":
		r.path = b.path
		if !r.hasQuery {
			r.query, r.hasQuery = b.query, b.hasQuery
		}
	case r.path[0] == '/':
		r.path = removeDots(r.path)
	default:
		r.path = removeDots(mergePaths(b, r.path))
	}
	return r.join()
}

// iriParts are the components of RFC 3986, 3. A component that is present and
// empty differs from one that is absent.
type iriParts struct {
	scheme, authority, path, query, fragment string
	hasAuthority, hasQuery, hasFragment      bool
}

func splitIRI(s string) (p iriParts) {
	if i := schemeEnd(s); i > 0 {
		p.scheme, s = s[:i], s[i+1:]
	}
	s, p.fragment, p.hasFragment = strings.Cut(s, "#")
	s, p.query, p.hasQuery = strings.Cut(s, "?")
	if rest, ok := strings.CutPrefix(s, "//"); ok {
		p.hasAuthority = true
		if i := strings.IndexByte(rest, '/'); i >= 0 {
			p.authority, s = rest[:i], rest[i:]
		} else {
			p.authority, s = rest, ""
		}
	}
	p.path = s
	return p
}

func (p iriParts) join() string {
	var b strings.Builder
	b.WriteString(p.scheme)
	b.WriteByte(':')
	if p.hasAuthority {
		b.WriteString("//")
		b.WriteString(p.authority)
	}
	b.WriteString(p.path)
	if p.hasQuery {
		b.WriteByte('?')
		b.WriteString(p.query)
	}
	if p.hasFragment {
		b.WriteByte('#')
		b.WriteString(p.fragment)
	}
	return b.String()
}

// mergePaths is RFC 3986, 5.2.3.
func mergePaths(base iriParts, path string) string {
	if base.hasAuthority && base.path == "" {
		return "/" + path
	}
	return base.path[:strings.LastIndexByte(base.path, '/')+1] + path
}

// removeDots is RFC 3986, 5.2.4.
func removeDots(in string) string {
	out := make([]byte, 0, len(in))
	for in != "" {
		switch {
		case strings.HasPrefix(in, "../"):
			in = in[3:]
		case strings.HasPrefix(in, "./"):
			in = in[2:]
		case strings.HasPrefix(in, "/./"):
			in = in[2:]
		case in == "/.":
			in = "/"
		case strings.HasPrefix(in, "/../"), in == "/..":
			in = "/" + strings.TrimPrefix(in[3:], "/")
			out = out[:max(strings.LastIndexByte(string(out), '/'), 0)]
		case in == ".", in == "..":
			in = ""
		default:
			i := strings.IndexByte(in[1:], '/') + 1
			if i == 0 {
				i = len(in)
			}
			out = append(out, in[:i]...)
			in = in[i:]
		}
	}
	return string(out)
}
