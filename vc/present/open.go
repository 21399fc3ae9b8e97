package present

import (
	"bytes"

	"github.com/laurel-edu/laurel/internal/dataurl"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

// mostDeep is how deep tokens are looked into that stand in tokens, as package vc/verify looks
// at embedded credentials. What is deeper stays the text that it is.
const mostDeep = 8

// isEnvelope reports whether an object is a token with a wrapping around it.
func isEnvelope(v jsonx.Value) bool {
	class := rules.Class(door.ClassOf(v))
	return v.Kind() == jsonx.Object &&
		(class == rules.EnvelopedVerifiableCredential || class == rules.EnvelopedVerifiablePresentation)
}

// tokenIn reads a text as the token that it is or, in a data: URL, holds; nil where it does
// neither. Before is what stands before the token.
func tokenIn(v jsonx.Value) (doc *vc.Document, before string) {
	text := []byte(jsonx.Content(v))
	if dataurl.Is(string(text)) {
		_, data, err := dataurl.Parse(string(text))
		comma := bytes.IndexByte(text, ',')
		if err != nil || !bytes.Equal(data, text[comma+1:]) {
			return nil, "" // an encoding that is not the token's own is shown as it is
		}
		before, text = string(text[:comma+1]), data
	}
	if bytes.Count(text, []byte(".")) < 2 {
		return nil, ""
	}
	doc, err := parsed(text)
	if err != nil || doc.Form() == vc.FormJSON {
		return nil, ""
	}
	return doc, before
}

// parsed reads a credential or a presentation.
func parsed(text []byte) (*vc.Document, error) {
	doc, err := vc.Parse(text)
	if err == nil {
		return doc, nil
	}
	if p, other := vc.ParsePresentation(text); other == nil {
		return p, nil
	}
	return nil, err
}

// isPresentation reports whether a document is one.
func isPresentation(doc *vc.Document) bool {
	class := rules.ClassOf(doc)
	return class == rules.VerifiablePresentation || class == rules.EnvelopedVerifiablePresentation
}
