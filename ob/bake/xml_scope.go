package bake

import "bytes"

// binding is one namespace declaration that is in scope.
type binding struct {
	prefix []byte // empty for the default namespace
	uri    []byte
	number int  // equal for equal namespaces: long ones are compared once
	kind   Kind // whose credential element stands in the namespace, 0 for none
	depth  int  // of the element that declares it
}

// xmlScope knows the namespaces in scope (Namespaces in XML 1.0).
type xmlScope struct {
	bindings []binding
	most     int // that may be in scope, beside that of xml
	numbers  int
	depth    int
}

const (
	namespaceXML   = "http://www.w3.org/XML/1998/namespace"
	namespaceXMLNS = "http://www.w3.org/2000/xmlns/"
)

// newXMLScope knows the one prefix that needs no declaration.
func newXMLScope(limits Limits) xmlScope {
	s := xmlScope{bindings: make([]binding, 0, 8), most: limits.Namespaces}
	s.bind(binding{prefix: []byte("xml"), uri: []byte(namespaceXML)})
	return s
}

// bind adds a declaration.
func (s *xmlScope) bind(b binding) {
	for i := range s.bindings {
		if bytes.Equal(s.bindings[i].uri, b.uri) {
			b.number, b.kind = s.bindings[i].number, s.bindings[i].kind
		}
	}
	if b.number == 0 {
		s.numbers++
		b.number, b.kind = s.numbers, kindOfNamespace(b.uri)
	}
	s.bindings = append(s.bindings, b)
}

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
		if len(s.bindings) > s.most {
			return problem(CodeSVGTooMany, "more than %d namespaces are in scope at byte %d", s.most, t.start)
		}
		b := binding{prefix: prefix, uri: unescape(attrs[i].value, true), depth: s.depth}
		if !b.allowed() {
			return problem(CodeSVGMalformed, "a namespace declaration that XML does not allow at byte %d", attrs[i].lead)
		}
		s.bind(b)
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
// name (Namespaces in XML 1.0, 6.3), and notes where each attribute belongs.
func (s *xmlScope) checkAttributes(attrs []xmlAttr) error {
	for i := range attrs {
		a := &attrs[i]
		if _, ok := a.declares(); ok || len(a.name.prefix) == 0 {
			continue
		}
		space, ok := s.lookup(a.name.prefix)
		if !ok {
			return unbound(a.lead)
		}
		a.space, a.kind = space.number, space.kind
		for j := range attrs[:i] {
			if attrs[j].space == a.space && bytes.Equal(attrs[j].name.local, a.name.local) {
				return problem(CodeSVGMalformed, "a repeated attribute at byte %d", a.lead)
			}
		}
	}
	return nil
}

func unbound(at int) error {
	return problem(CodeSVGMalformed, "a prefix that no namespace is declared for at byte %d", at)
}

// lookup returns the declaration of a prefix. Without a default namespace the
// empty prefix has none, and that is no fault.
func (s *xmlScope) lookup(prefix []byte) (binding, bool) {
	for i := len(s.bindings) - 1; i >= 0; i-- {
		if bytes.Equal(s.bindings[i].prefix, prefix) {
			return s.bindings[i], true
		}
	}
	return binding{}, len(prefix) == 0
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
