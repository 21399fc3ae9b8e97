package bake

import (
	"bytes"
	"slices"
	"strconv"
	"unicode/utf8"
)

// with inserts the credential element directly after the <svg> tag and declares
// its namespace there.
func (d *svgDrawing) with(c *candidate) []byte {
	free := d.dispensable(0, c.kind)
	prefix, declared := d.prefix(c.kind, free)
	declaration := ""
	if !declared {
		declaration = " xmlns:" + prefix + `="` + c.kind.place().namespace + `"`
	}
	return splice(d.src, append(d.insertions(declaration, c.element(prefix)), d.removals(0, free)...))
}

func (d *svgDrawing) without(kind Kind) []byte {
	return splice(d.src, d.removals(kind, d.dispensable(kind, 0)))
}

// insertions puts the declaration behind the root's last attribute and the
// element behind its start tag; a root that closes itself is opened for that.
func (d *svgDrawing) insertions(declaration string, element []byte) []edit {
	at := d.root.start + len("<") + len(d.root.name.whole)
	if n := len(d.attrs); n > 0 {
		at = d.attrs[n-1].end
	}
	declare := edit{at, at, []byte(declaration)}
	end := d.root.end
	if d.root.selfClosing {
		opened := slices.Concat([]byte(">"), element, []byte("</"), d.root.name.whole, []byte(">"))
		return []edit{declare, {end - len("/>"), end, opened}}
	}
	return []edit{declare, {end, end, element}}
}

// dispensable tells whose namespace declarations only the credentials to be
// removed needed. That of keep is used again.
func (d *svgDrawing) dispensable(kind, keep Kind) (free [kinds]bool) {
	for i := range d.found {
		k := d.found[i].kind
		free[k] = (kind == 0 || k == kind) && k != keep && !d.used[k]
	}
	return free
}

// removals takes out the credential elements of a kind, of all for 0, and the
// root's declarations of the namespaces that are free.
func (d *svgDrawing) removals(kind Kind, free [kinds]bool) []edit {
	var edits []edit
	for i := range d.found {
		if e := &d.found[i]; kind == 0 || e.kind == kind {
			edits = append(edits, edit{e.start, e.end, d.divider(e.start)})
		}
	}
	for i := range d.attrs {
		a := &d.attrs[i]
		prefix, ok := a.declares()
		if ok && len(prefix) > 0 && free[kindOfNamespace(unescape(a.value, true))] {
			edits = append(edits, edit{a.lead, a.end, nil})
		}
	}
	return edits
}

// divider is what takes the place of an element: nothing, unless the text before it
// might join what follows to ]]>, which text must not hold.
func (d *svgDrawing) divider(at int) []byte {
	if d.src[at-1] == ']' {
		return []byte("<!---->")
	}
	return nil
}

// prefix finds the root's prefix for the kind's namespace, or one that is not
// taken there: the usual one may be bound to another namespace.
func (d *svgDrawing) prefix(kind Kind, free [kinds]bool) (prefix string, declared bool) {
	for _, b := range d.bindings {
		if len(b.prefix) > 0 && b.kind == kind {
			return string(b.prefix), true
		}
	}
	usual := kind.place().prefix
	prefix = usual
	for n := 2; d.taken(prefix, free); n++ {
		prefix = usual + strconv.Itoa(n)
	}
	return prefix, false
}

func (d *svgDrawing) taken(prefix string, free [kinds]bool) bool {
	for _, b := range d.bindings {
		if string(b.prefix) == prefix && !free[b.kind] {
			return true
		}
	}
	return false
}

// element writes the credential element.
func (c *candidate) element(prefix string) []byte {
	name := prefix + ":" + c.kind.place().element
	var b bytes.Buffer
	b.WriteString("<" + name)
	switch {
	case c.format == JWS:
		b.WriteString(` verify="`)
		b.Write(c.text)
		b.WriteString(`"`)
	case c.hosted != "":
		b.WriteString(` verify="` + escapeAttribute(c.hosted) + `"`)
	}
	b.WriteString(">")
	if c.format == JSON {
		b.WriteString("<![CDATA[")
		b.Write(c.as(SVG))
		b.WriteString("]]>")
	}
	b.WriteString("</" + name + ">")
	return b.Bytes()
}

func escapeAttribute(s string) string {
	var b bytes.Buffer
	for i := range len(s) {
		switch s[i] {
		case '&':
			b.WriteString("&amp;")
		case '<':
			b.WriteString("&lt;")
		case '"':
			b.WriteString("&quot;")
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}

// writeJSON writes well-formed JSON so that a CDATA section can hold it. The
// sequence ]]> and the characters U+FFFE and U+FFFF, which XML excludes, occur in
// JSON strings only, where an escape means the same.
func writeJSON(b *bytes.Buffer, text []byte) {
	from := 0
	write := func(at, size int, escape string) {
		b.Write(text[from:at])
		b.WriteString(escape)
		from = at + size
	}
	for i, c := range text {
		switch {
		case c == '>' && i >= 2 && text[i-1] == ']' && text[i-2] == ']':
			write(i, 1, `\u003e`)
		case c == 0xef:
			if r, size := utf8.DecodeRune(text[i:]); r == 0xfffe || r == 0xffff {
				write(i, size, `\uf`+strconv.FormatInt(int64(r&0xfff), 16))
			}
		}
	}
	b.Write(text[from:])
}
