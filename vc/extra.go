package vc

import (
	"slices"
	"strings"

	"github.com/go-json-experiment/json/jsontext"
)

// Extra holds the members of an object that its type has no field for, as they
// were written but for white space. Every object type of this module has one,
// so that nothing a document says is lost.
//
// A name that a field owns does not belong here, and encoding refuses it, but
// for what decoding itself puts here because no field can hold it: null, an
// empty string or object, or a value of another JSON kind than the field's. Such
// a value is written while the field is empty and gives way once the field is set.
//
// A member kept here is preserved, not signed: an RDF signature covers it only
// where a context of the document defines its name.
type Extra map[string]jsontext.Value

// Names returns the names in order.
func (e Extra) Names() []string {
	if len(e) == 0 {
		return nil
	}
	names := make([]string, 0, len(e))
	for name := range e {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Text returns the member as a string where it is one.
func (e Extra) Text(name string) (text string, ok bool) {
	v := e[name]
	if v.Kind() != '"' {
		return "", false
	}
	b, err := jsontext.AppendUnquote(nil, v)
	return string(b), err == nil
}

// Decode reads the member into value, strictly. A missing member leaves value
// as it is and reports false.
func (e Extra) Decode(name string, value any) (found bool, err error) {
	v, found := e[name]
	if !found {
		return false, nil
	}
	return true, Unmarshal(v, value)
}

// Localized returns the member as text in one of the preferred languages (BCP 47
// tags, best first), where it is a string, a language value object, a language
// map or an array of these (VCDM 2.0, 11.1). Where none is preferred or had, it
// returns the text without language, and else the first.
//
// A field such as Name holds the plain string form of a document; a text in
// several languages stays in Extra, and this is how it is read:
//
//	name := c.Name
//	if name == "" {
//		name, _ = c.Extra.Localized("name", "de", "en")
//	}
func (e Extra) Localized(name string, prefer ...string) (text string, ok bool) {
	texts := localTexts(e[name])
	if len(texts) == 0 {
		return "", false
	}
	for _, want := range append(slices.Clone(prefer), "") {
		for _, t := range texts {
			if speaks(t.language, want) {
				return t.text, true
			}
		}
	}
	return texts[0].text, true
}

// localText is a text and its language, "" where it says none.
type localText struct{ language, text string }

func localTexts(v jsontext.Value) []localText {
	var value OneOrMany[jsontext.Value]
	if len(v) == 0 || Unmarshal(v, &value) != nil {
		return nil
	}
	var texts []localText
	for _, item := range value.Items {
		texts = append(texts, localItem(item)...)
	}
	return texts
}

// localItem reads one string, language value object or language map.
func localItem(item jsontext.Value) []localText {
	if text, ok := (Extra{"": item}).Text(""); ok {
		return []localText{{text: text}}
	}
	var members Extra
	if item.Kind() != '{' || Unmarshal(item, &members) != nil {
		return nil
	}
	if text, ok := members.Text("@value"); ok {
		language, _ := members.Text("@language")
		return []localText{{language, text}}
	}
	var texts []localText
	for _, tag := range members.Names() {
		if text, ok := members.Text(tag); ok && !strings.HasPrefix(tag, "@") {
			texts = append(texts, localText{tag, text})
		}
	}
	return texts
}

// speaks reports whether a text of one language will do for a wish: the same tag
// or a narrower one, as "de-AT" will for "de".
func speaks(language, want string) bool {
	if len(language) > len(want) && want != "" && language[len(want)] == '-' {
		language = language[:len(want)]
	}
	return strings.EqualFold(language, want)
}
