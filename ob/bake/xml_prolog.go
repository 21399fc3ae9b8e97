package bake

import (
	"bytes"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/vc"
)

const byteOrderMark = "\xef\xbb\xbf"

// prolog reads what precedes the root element: a byte order mark, the XML
// declaration, comments, and a DOCTYPE that declares nothing.
func (x *xmlReader) prolog() error {
	if x.sees(byteOrderMark) {
		x.pos += len(byteOrderMark)
	}
	if x.sees("<?xml") && len(x.src) > x.pos+5 && isSpace(x.src[x.pos+5]) {
		if err := x.declaration(); err != nil {
			return err
		}
	}
	for typed := false; ; {
		x.space()
		switch {
		case x.sees("<!--"):
			if _, err := x.comment(); err != nil {
				return err
			}
		case x.sees("<!DOCTYPE") && !typed:
			typed = true
			if err := x.doctype(); err != nil {
				return err
			}
		default:
			return nil // next judges
		}
	}
}

// declared are the parts of an XML declaration, in their order.
var declared = [...]string{"version", "encoding", "standalone"}

// declaration reads <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
// (XML 1.0, 2.8).
func (x *xmlReader) declaration() error {
	x.pos += len("<?xml")
	for next := 0; ; {
		spaced := x.space()
		if x.sees("?>") && next > 0 {
			x.pos += len("?>")
			return nil
		}
		if !spaced {
			return x.malformed(x.pos, "the XML declaration is not well-formed")
		}
		name, value, err := x.pseudoAttribute()
		if err != nil {
			return err
		}
		if err := checkDeclared(name, value); err != nil {
			return err
		}
		i := slices.Index(declared[next:], name)
		if i < 0 || next == 0 && i > 0 {
			return x.malformed(x.pos, "the XML declaration has its parts in no allowed order")
		}
		next += i + 1
	}
}

func (x *xmlReader) pseudoAttribute() (name, value string, err error) {
	q, err := x.name()
	if err != nil {
		return "", "", err
	}
	x.space()
	if !x.sees("=") {
		return "", "", x.malformed(x.pos, "the XML declaration is not well-formed")
	}
	x.pos++
	x.space()
	v, err := x.quoted()
	return string(q.whole), string(v), err
}

func checkDeclared(name, value string) error {
	switch name {
	case "version":
		if value != "1.0" {
			return problem(CodeSVGMalformed, "it is of another XML version than 1.0")
		}
	case "encoding":
		if !strings.EqualFold(value, "UTF-8") {
			p := problem(CodeSVGEncoding, "it declares another encoding")
			p.Found = vc.Quote(value)
			return p
		}
	case "standalone":
		if value != "yes" && value != "no" {
			return problem(CodeSVGMalformed, "the XML declaration has a standalone other than yes and no")
		}
	default:
		return problem(CodeSVGMalformed, "the XML declaration has a part that XML does not know")
	}
	return nil
}

// doctype reads <!DOCTYPE svg PUBLIC "…" "…">. Only the published SVG DTDs are
// admitted, which drawing programs name by habit: they declare no entities, and
// nothing follows the address. Whoever may declare something of his own could
// make other readers see another document than this one does.
func (x *xmlReader) doctype() error {
	at := x.pos
	x.pos += len("<!DOCTYPE")
	if !x.space() {
		return x.malformed(x.pos, "a DOCTYPE without a name")
	}
	if _, err := x.name(); err != nil {
		return err
	}
	if x.space(); x.sees("PUBLIC") {
		x.pos += len("PUBLIC")
		if err := x.publicID(at); err != nil {
			return err
		}
	}
	if x.space(); !x.sees(">") {
		return problem(CodeSVGDoctype, "the one at byte %d has declarations of its own or names an unpublished DTD", at)
	}
	x.pos++
	return nil
}

func (x *xmlReader) publicID(at int) error {
	var ids [2][]byte
	for i := range ids {
		if !x.space() {
			return x.malformed(x.pos, "a DOCTYPE without its identifiers")
		}
		var err error
		if ids[i], err = x.quoted(); err != nil {
			return err
		}
	}
	if bytes.HasPrefix(ids[0], []byte("-//W3C//DTD SVG ")) && isW3C(ids[1]) {
		return nil
	}
	return problem(CodeSVGDoctype, "the one at byte %d names a DTD that is none of the published ones of SVG", at)
}

func isW3C(address []byte) bool {
	for _, start := range [...]string{"http://www.w3.org/", "https://www.w3.org/"} {
		if bytes.HasPrefix(address, []byte(start)) {
			return true
		}
	}
	return false
}
