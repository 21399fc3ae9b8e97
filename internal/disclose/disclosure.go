package disclose

import (
	"encoding/base64"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// The names of the mechanism, which no disclosure may disclose (RFC 9901, 4.2.1).
const (
	NameDigests = "_sd"
	NameHash    = "_sd_alg"
	NameElement = "..."
)

// Reserved reports whether a name is one of the mechanism.
func Reserved(name string) bool {
	return name == NameDigests || name == NameHash || name == NameElement
}

// Disclosure is one member of an object, or one element of an array, that the issuer
// signed by its digest.
type Disclosure struct {
	Text    []byte // as it is sent and hashed
	Name    string // of the member, "" for an element
	Element bool
	Value   jsonx.Value

	at *place // where it belongs, nil where no digest is its own
}

// Path is the JSON Pointer of what is disclosed, in the credential with all that is.
func (d *Disclosure) Path() string { return d.at.path() }

// read decodes a disclosure. The text is hashed as it came, so another encoding of the
// same JSON has another digest; lax base64 is refused all the same.
func read(text []byte, limits jsonx.Limits) (*Disclosure, error) {
	malformed := func(detail string, err error) error {
		return &Error{Fault: FaultDisclosure, Detail: detail, Err: err}
	}
	for _, c := range text {
		if c == '\n' || c == '\r' { // which the decoder passes over
			return nil, malformed("a line end", nil)
		}
	}
	plain, err := base64.RawURLEncoding.Strict().AppendDecode(nil, text)
	if err != nil {
		return nil, malformed("text that is not base64url without padding", nil)
	}
	doc, err := jsonx.Parse(plain, limits, nil)
	if err != nil {
		return nil, malformed("text that is not JSON", err)
	}
	list := doc.Root()
	if list.Kind() != jsonx.Array || list.Len() != 2 && list.Len() != 3 {
		return nil, malformed("no array of two or three", nil)
	}
	parts := list.Items()
	d := &Disclosure{Text: text, Element: len(parts) == 2, Value: parts[len(parts)-1]}
	switch {
	case parts[0].Kind() != jsonx.String:
		return nil, malformed("a salt that is "+parts[0].Kind().String(), nil)
	case d.Element:
		return d, nil
	case parts[1].Kind() != jsonx.String:
		return nil, malformed("a name that is "+parts[1].Kind().String(), nil)
	}
	if d.Name = parts[1].Text(); Reserved(d.Name) {
		return nil, &Error{Fault: FaultName, Detail: jsonx.EscapePointer(d.Name)}
	}
	return d, nil
}
