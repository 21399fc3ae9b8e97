package show

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// Field is a member of a credential with its value: a text, or fields of its own. In
// an array each has its number for a label.
type Field struct {
	Label  string // in words
	Value  string
	Link   string // the value, where it is a URL that is safe to open
	Fields []Field
}

// aside are members that say nothing to a person: what the names mean and how the
// credential is signed.
var aside = []string{"@context", "proof"}

// details are all that a credential says. The claim sub of a token is the id of the
// subject once more.
func (m maker) details(credential []byte, form vc.Form) ([]Field, error) {
	doc, err := jsonx.Parse(credential, jsonx.Limits{Bytes: len(credential) + 1}, nil)
	if err != nil {
		return nil, err
	}
	fields := m.fields(doc.Root(), 0)
	if form != vc.FormJSON && !m.Identifiers {
		fields = slices.DeleteFunc(fields, func(f Field) bool { return f.Label == words("sub") })
	}
	return fields, nil
}

func (m maker) fields(object jsonx.Value, depth int) (fields []Field) {
	for v := object.First(); v.Exists(); v = v.Next() {
		name := v.Name()
		if slices.Contains(aside, name) || rules.RoleOf(name) != "" {
			continue // embedded credentials have a view of their own
		}
		field := m.field(words(name), v, depth)
		if depth == 0 && name == "credentialSubject" && !m.Identifiers {
			field = m.field(words(name), v, depth, "id", "identifier")
		}
		fields = append(fields, field)
	}
	return fields
}

func (m maker) field(label string, v jsonx.Value, depth int, but ...string) Field {
	switch f := (Field{Label: label}); v.Kind() {
	case jsonx.Object:
		f.Fields = m.fields(v, depth+1)
		f.Fields = slices.DeleteFunc(f.Fields, func(f Field) bool {
			return slices.ContainsFunc(but, func(name string) bool { return words(name) == f.Label })
		})
		return f
	case jsonx.Array:
		for i, item := range v.Items() {
			f.Fields = append(f.Fields, m.field(strconv.Itoa(i+1), item, depth+1, but...))
		}
		if len(f.Fields) == 1 {
			f = f.Fields[0]
			f.Label = label
		}
		return f
	case jsonx.String:
		f.Value, f.Link = scalar(v.Text()), Link(vc.IRI(v.Text()))
		return f
	default:
		f.Value = string(v.Raw())
		return f
	}
}

// scalar is a text as it is shown: of data that stands in a URL, what it is.
func scalar(text string) string {
	if !dataurl.Is(text) {
		return text
	}
	if media, data, err := dataurl.Parse(text); err == nil {
		return fmt.Sprintf("%s, %d bytes", media, len(data))
	}
	return vc.Quote(text)
}
