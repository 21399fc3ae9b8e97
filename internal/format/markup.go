package format

import "bytes"

// markup tells SVG, HTML and other XML by what precedes the root element and by the
// name of that. It is a guess: a reader of XML judges.
func markup(b []byte) Kind {
	otherwise := Unknown
	for {
		var ok bool
		switch {
		case bytes.HasPrefix(b, []byte("<?")):
			otherwise = XML
			b, ok = after(b, "?>")
		case bytes.HasPrefix(b, []byte("<!--")):
			b, ok = after(b, "-->")
		case prefixed(b, "<!doctype html"):
			otherwise = HTML
			b, ok = afterDoctype(b)
		case bytes.HasPrefix(b, []byte("<!DOCTYPE")):
			otherwise = XML
			b, ok = afterDoctype(b)
		default:
			return root(b, otherwise)
		}
		if !ok {
			return otherwise
		}
		b = bytes.TrimLeft(b, " \n\t\r")
	}
}

func after(b []byte, mark string) ([]byte, bool) {
	i := bytes.Index(b, []byte(mark))
	if i < 0 {
		return nil, false
	}
	return b[i+len(mark):], true
}

func afterDoctype(b []byte) ([]byte, bool) {
	i := bytes.IndexAny(b, "[>")
	if i >= 0 && b[i] == '[' {
		rest, ok := after(b[i:], "]")
		if !ok {
			return nil, false
		}
		return after(rest, ">")
	}
	return after(b, ">")
}

// root tells by the root element.
func root(b []byte, otherwise Kind) Kind {
	name := rootName(b)
	switch {
	case name == "svg":
		return SVG
	case prefixed([]byte(name), "html"):
		return HTML
	case otherwise != Unknown || name == "":
		return otherwise
	case isPage(name):
		return HTML
	}
	return XML
}

// rootName is the local name of the first element, "" where there is none. Names longer
// than any that is looked for are cut.
func rootName(b []byte) string {
	if len(b) < 2 || b[0] != '<' || !isLetter(b[1]) {
		return ""
	}
	name := b[1:min(len(b), maxRootName)]
	if end := bytes.IndexAny(name, " \t\r\n/>"); end >= 0 {
		name = name[:end]
	}
	if colon := bytes.IndexByte(name, ':'); colon >= 0 && colon+1 < len(name) {
		name = name[colon+1:]
	}
	return string(name)
}

const maxRootName = 128 // bytes, with a prefix

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// isPage reports whether an element is one that a page begins with.
func isPage(name string) bool {
	for _, element := range [...]string{"head", "body", "div", "p", "title", "script", "h1", "table", "a", "meta", "style"} {
		if prefixed([]byte(name), element) && len(name) == len(element) {
			return true
		}
	}
	return false
}
