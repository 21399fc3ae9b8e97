package shape

import (
	"strings"
	"unicode"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/language"
)

// MayHaveLanguage reports whether a language value may stand in the place of the
// string, if only to be reported: what has a format or a vocabulary is for machines,
// and an array of strings has no place for it unless its items are for people.
func (m *Member) MayHaveLanguage() bool {
	return m.Language || m.Kind == String && m.Format == nil && m.Enum == nil && !m.Many
}

// languages checks an array in place of a string that may have several languages:
// language values, and one string that says no language. Of two in one language
// nothing says which is meant.
func (w *Walk) languages(c *class, m *member, v jsonx.Value) {
	if v.Len() == 0 {
		w.empty(c, m, v)
	}
	told := make(map[string]bool, v.Len())
	repeated := false
	for item := v.First(); item.Exists(); item = item.Next() {
		switch item.Kind() {
		case jsonx.String:
			w.text(c, m, item)
		case jsonx.Object:
			w.languageObject(c, m, item)
			if !item.Get("@value").Exists() {
				continue
			}
		default:
			w.fault(CodeKind, c, m, item)
			continue
		}
		tag := strings.ToLower(item.Get("@language").Text())
		repeated = repeated || told[tag]
		told[tag] = true
	}
	if repeated {
		w.fault(CodeRepeated, c, m, v)
	}
}

// languageObject checks an object in place of a string. It is a language value
// object (VCDM 2.0, 11.1), or a language map such as {"en": "…"}, which the
// published schemas let through everywhere.
func (w *Walk) languageObject(c *class, m *member, v jsonx.Value) {
	if !m.MayHaveLanguage() {
		w.fault(CodeKind, c, m, v)
		return
	}
	value := v.Get("@value")
	check := languageMap
	if value.Exists() {
		check = languageValue
	}
	verdict := check(v)
	switch {
	case verdict == language.Malformed:
		w.fault(CodeLanguage, c, m, v)
		return
	case verdict == language.Unknown:
		w.fault(CodeLanguageUnknown, c, m, v)
	}
	if !m.Language || !value.Exists() {
		w.fault(CodeLanguageMap, c, m, v)
	}
	if value.Exists() {
		w.text(c, m, value)
		return
	}
	for text := v.First(); text.Exists(); text = text.Next() {
		w.text(c, m, text.Single())
	}
}

// isBlank reports whether nothing of a text is to be seen.
func isBlank(s string) bool {
	for _, r := range s {
		if unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			return false
		}
	}
	return true
}

// languageValue judges an object that has no members but @value, a language tag as
// @language, and @direction.
func languageValue(v jsonx.Value) language.Verdict {
	verdict := language.Valid
	for m := v.First(); m.Exists(); m = m.Next() {
		if m.Kind() != jsonx.String {
			return language.Malformed
		}
		switch m.Name() {
		case "@value":
		case "@language":
			verdict = language.Judge(m.Text())
		case "@direction":
			if t := m.Text(); t != "ltr" && t != "rtl" {
				return language.Malformed
			}
		default:
			return language.Malformed
		}
		if verdict == language.Malformed {
			return verdict
		}
	}
	return verdict
}

// languageMap judges an object whose members are strings under language tags, each
// perhaps in an array (JSON-LD 1.1, 9.8).
func languageMap(v jsonx.Value) language.Verdict {
	if v.Len() == 0 {
		return language.Malformed
	}
	verdict := language.Valid
	for m := v.First(); m.Exists() && verdict != language.Malformed; m = m.Next() {
		if m.Single().Kind() != jsonx.String {
			return language.Malformed
		}
		verdict = min(verdict, language.Judge(m.Name()))
	}
	return verdict
}
