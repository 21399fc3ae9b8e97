package exchange

import "github.com/laurel-edu/laurel/casefw"

// node writes one object of a JSON-LD graph.
type node struct{ b []byte }

func newNode(id, class string) *node {
	n := &node{b: []byte{'{'}}
	n.text("@id", id)
	n.text("@type", class)
	return n
}

func (n *node) name(name string) {
	if len(n.b) > 1 {
		n.b = append(n.b, ',')
	}
	n.b = append(appendText(n.b, name), ':')
}

// text writes a member unless it is empty, as all of these do.
func (n *node) text(name, value string) {
	if value != "" {
		n.name(name)
		n.b = appendText(n.b, value)
	}
}

func (n *node) list(name string, values []string) {
	if len(values) > 0 {
		n.name(name)
		n.b = appendTexts(n.b, values)
	}
}

// texts writes a language map of one text.
func (n *node) texts(name, lang, value string) {
	if value != "" {
		n.name(name)
		n.b = append(appendText(append(appendText(append(n.b, '{'), lang), ':'), value), '}')
	}
}

// textLists writes a language map of several texts.
func (n *node) textLists(name, lang string, values []string) {
	if len(values) > 0 {
		n.name(name)
		n.b = append(appendTexts(append(appendText(append(n.b, '{'), lang), ':'), values), '}')
	}
}

func (n *node) ctid(wanted bool, id casefw.GUID) {
	if wanted && !id.IsZero() {
		n.text("ceterms:ctid", "ce-"+id.String())
	}
}

func (n *node) end() []byte { return append(n.b, '}') }

func appendTexts(b []byte, values []string) []byte {
	b = append(b, '[')
	for i, v := range values {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, v)
	}
	return append(b, ']')
}
