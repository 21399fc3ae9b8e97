package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// member checks the cardinality of a member and then each of its values.
func (w *Walk) member(c *class, m *member, v jsonx.Value) {
	switch m.Kind {
	case Types:
		w.types(c, m, v)
		return
	case Context:
		return
	}
	switch v.Kind() {
	case jsonx.Null:
		w.fault(CodeNull, c, m, v)
	case jsonx.Array:
		w.array(c, m, v)
	default:
		if m.Many && !m.Compact {
			w.fault(CodeNotArray, c, m, v)
		}
		w.value(c, m, v)
	}
}

func (w *Walk) array(c *class, m *member, v jsonx.Value) {
	switch {
	case m.Language && !m.Many:
		w.languages(c, m, v)
		return
	case m.Kind == Any:
		w.loose(c, v)
		return
	case !m.Many && !m.ArrayToo && (v.Len() != 1 || m.Name == "id"): // JSON-LD has no array for an identifier
		w.fault(CodeRepeated, c, m, v)
		return
	case !m.Many: // an array of one is its value
		w.fault(CodeLooseArray, c, m, v)
	}
	if v.Len() == 0 {
		w.empty(c, m, v)
		return
	}
	for item := v.First(); item.Exists(); item = item.Next() {
		switch item.Kind() {
		case jsonx.Null:
			w.fault(CodeNull, c, m, item)
		case jsonx.Array:
			w.fault(CodeKind, c, m, item)
		default:
			w.value(c, m, item)
		}
	}
}

// empty reports an array of nothing.
func (w *Walk) empty(c *class, m *member, v jsonx.Value) {
	if !m.Required {
		w.fault(CodeEmptyArray, c, m, v)
		return
	}
	w.out.Report(Fault{Code: m.absence(), At: v, Class: c.Class, Member: m.Member, Found: "an empty array"})
}

func (w *Walk) fault(code string, c *class, m *member, v jsonx.Value) {
	w.out.Report(Fault{Code: code, At: v, Class: c.Class, Member: m.Member})
}

// value checks one value, which is neither null nor an array.
func (w *Walk) value(c *class, m *member, v jsonx.Value) {
	kind := v.Kind()
	switch m.Kind {
	case String:
		switch kind {
		case jsonx.String:
			w.text(c, m, v)
		case jsonx.Object:
			w.languageObject(c, m, v)
		default:
			w.fault(CodeKind, c, m, v)
		}
	case Boolean:
		if kind != jsonx.True && kind != jsonx.False {
			w.fault(CodeKind, c, m, v)
		}
	case Number:
		if kind != jsonx.Number {
			w.fault(CodeKind, c, m, v)
		}
	case Object, Ref:
		w.node(c, m, v)
	default:
		w.loose(c, v)
	}
}

// node checks the value of a member that holds an object, or may name it.
func (w *Walk) node(c *class, m *member, v jsonx.Value) {
	switch kind := v.Kind(); {
	case kind == jsonx.Object:
		if !w.skip || !m.class.Embedded {
			w.object(m.class, v)
		}
	case kind == jsonx.String && m.Kind == Ref:
		w.text(c, m, v)
	case kind == jsonx.String && m.StringToo:
		w.fault(CodeLooseString, c, m, v)
		w.text(c, m, v)
	default:
		w.fault(CodeKind, c, m, v)
	}
}

// text checks the format and the vocabulary of a string, and that there is something
// in what is for people.
func (w *Walk) text(c *class, m *member, v jsonx.Value) {
	if m.Language && isBlank(v.Text()) {
		w.fault(CodeBlank, c, m, v)
	}
	if m.Format != nil {
		if code := m.Format.Check(v.Text()); code != "" {
			w.fault(code, c, m, v)
		}
	}
	if m.Enum != nil && !m.Enum.Has(v.Text()) {
		w.fault(CodeTerm, c, m, v)
	}
}

// types checks the type member: strings, one of which is the class.
func (w *Walk) types(c *class, m *member, v jsonx.Value) {
	switch v.Kind() {
	case jsonx.Null:
		w.fault(CodeNull, c, m, v)
		return
	case jsonx.String:
		if m.Many && !m.Compact {
			w.fault(CodeNotArray, c, m, v)
		}
		if v.Text() == "" || c.Type != "" && v.Text() != c.Type {
			w.fault(CodeClass, c, m, v)
		}
		return
	case jsonx.Array:
	default:
		w.fault(CodeKind, c, m, v)
		return
	}
	if !m.Many {
		w.fault(CodeLooseArray, c, m, v) // in RDF the same as the bare string
	}
	found := false
	for item := v.First(); item.Exists(); item = item.Next() {
		if item.Kind() != jsonx.String {
			w.fault(CodeKind, c, m, item)
			continue
		}
		found = found || item.Text() == c.Type || c.Type == "" && item.Text() != ""
	}
	if !found {
		w.fault(CodeClass, c, m, v)
	}
}
