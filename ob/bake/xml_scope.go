package bake

import "bytes"

// binding is one namespace declaration that is in scope.
type binding struct {
	prefix []byte // empty for the default namespace
	uri    []byte
	depth  int // of the element that declares it
}

// xmlScope knows the namespaces in scope (Namespaces in XML 1.0).
type xmlScope struct {
	bindings []binding
	depth    int
}

// maxBindings bounds the declarations in scope, which every name is looked up
// in: drawing programs write about ten.
const maxBindings = 64

const (
	namespaceXML   = "http://www.w3.org/XML/1998/namespace"
	namespaceXMLNS = "http://www.w3.org/2000/xmlns/"
)

// declares reports whether an attribute is a namespace declaration, and for
// which prefix.
func (a *xmlAttr) declares() (prefix []byte, ok bool) {
	if len(a.name.prefix) == 0 && string(a.name.local) == "xmlns" {
		return nil, true
	}
	return a.name.local, string(a.name.prefix) == "xmlns"
}

// enter opens an element's scope and checks its names.
func (s *xmlScope) enter(t *xmlToken, attrs []xmlAttr) error {
	s.depth++
	for i := range attrs {
		prefix, ok := attrs[i].declares()
		if !ok {
			continue
		}
		if len(s.bindings) == maxBindings {
			return problem(CodeSVGTooMany, "more than %d namespaces are in scope at byte %d", maxBindings, t.start)
		}
		b := binding{prefix, unescape(attrs[i].value, true), s.depth}
		if !b.allowed() {
			return problem(CodeSVGMalformed, "a namespace declaration that XML does not allow at byte %d", attrs[i].lead)
		}
		s.bindings = append(s.bindings, b)
	}
	if _, ok := s.lookup(t.name.prefix); !ok {
		return unbound(t.start)
	}
	return s.checkAttributes(attrs)
}

// allowed checks the constraints of Namespaces in XML 1.0, 2.2 and 3.
func (b *binding) allowed() bool {
	switch uri := string(b.uri); string(b.prefix) {
	case "":
		return uri != namespaceXML && uri != namespaceXMLNS
	case "xml":
		return uri == namespaceXML
	case "xmlns":
		return false
	default:
		return uri != "" && uri != namespaceXML && uri != namespaceXMLNS
	}
}

// checkAttributes refuses unbound prefixes and two attributes of one expanded
// name (Namespaces in XML 1.0, 6.3).
func (s *xmlScope) checkAttributes(attrs []xmlAttr) error {
	for i := range attrs {
		a := &attrs[i]
		if _, ok := a.declares(); ok || len(a.name.prefix) == 0 {
			continue
		}
		uri, ok := s.lookup(a.name.prefix)
		if !ok {
			return unbound(a.lead)
		}
		for j := range attrs[:i] {
			other := &attrs[j]
			if len(other.name.prefix) == 0 || !bytes.Equal(other.name.local, a.name.local) {
				continue
			}
			if u, _ := s.lookup(other.name.prefix); bytes.Equal(u, uri) {
				return problem(CodeSVGMalformed, "a repeated attribute at byte %d", a.lead)
			}
		}
	}
	return nil
}

func unbound(at int) error {
	return problem(CodeSVGMalformed, "a prefix that no namespace is declared for at byte %d", at)
}

// lookup returns the namespace of a prefix. Without a default namespace the
// empty prefix has none, and that is no fault.
func (s *xmlScope) lookup(prefix []byte) (uri []byte, ok bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if bytes.Equal(s.bindings[i].prefix, prefix) {
			return s.bindings[i].uri, true
		}
	}
	switch string(prefix) {
	case "":
		return nil, true
	case "xml":
		return []byte(namespaceXML), true
	}
	return nil, false
}

// leave closes the scope of the element that enter opened last.
func (s *xmlScope) leave() {
	n := len(s.bindings)
	for n > 0 && s.bindings[n-1].depth == s.depth {
		n--
	}
	s.bindings = s.bindings[:n]
	s.depth--
}
