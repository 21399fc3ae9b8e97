package shape

import "github.com/laurel-edu/laurel/internal/jsonx"

// languages checks an array in place of a string that may have several
// languages: language values, and one string that says no language.
func (w *Walk) languages(c *class, m *member, v jsonx.Value) {
	if v.Len() == 0 {
		w.fault(CodeEmptyArray, c, m, v)
	}
	plain := 0
	for item := v.First(); item.Exists(); item = item.Next() {
		switch item.Kind() {
		case jsonx.String:
			if plain++; plain == 2 { // nothing says which of them is meant
				w.fault(CodeRepeated, c, m, v)
			}
		case jsonx.Object:
			w.languageObject(c, m, item)
		default:
			w.fault(CodeKind, c, m, item)
		}
	}
}

// languageObject checks an object in place of a string. It is a language value
// object (VCDM 2.0, 11.1), or a language map such as {"en": "…"}, which the
// published schemas let through everywhere.
func (w *Walk) languageObject(c *class, m *member, v jsonx.Value) {
	value := v.Get("@value")
	switch {
	case value.Exists():
		if value.Kind() != jsonx.String || !languageValue(v) {
			w.fault(CodeLanguage, c, m, v)
			return
		}
	case !languageMap(v):
		w.fault(CodeKind, c, m, v)
		return
	}
	if !m.Language || !value.Exists() {
		w.fault(CodeLanguageMap, c, m, v)
	}
}

// languageValue reports whether an object has no members but @value, a
// well-formed @language and @direction.
func languageValue(v jsonx.Value) bool {
	for m := v.First(); m.Exists(); m = m.Next() {
		switch m.Name() {
		case "@value":
		case "@language":
			if m.Kind() != jsonx.String || !WellFormedTag(m.Text()) {
				return false
			}
		case "@direction":
			if t := m.Text(); m.Kind() != jsonx.String || t != "ltr" && t != "rtl" {
				return false
			}
		default:
			return false
		}
	}
	return true
}

func languageMap(v jsonx.Value) bool {
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Kind() != jsonx.String || !WellFormedTag(m.Name()) {
			return false
		}
	}
	return v.Len() > 0
}

// WellFormedTag reports whether s has the form of a language tag (BCP 47):
// subtags of one to eight letters and digits, the first of letters. Whether they
// are registered is not looked up.
func WellFormedTag(s string) bool {
	length, first := 0, true
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '-' {
			if length == 0 || length > 8 {
				return false
			}
			length, first = 0, false
			continue
		}
		c := s[i] | 0x20
		if !('a' <= c && c <= 'z') && (first || s[i] < '0' || s[i] > '9') {
			return false
		}
		length++
	}
	return true
}
