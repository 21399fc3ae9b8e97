package ob2

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"

	"github.com/piprate/json-gold/ld"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// loader gives json-gold the contexts that are known here, and nothing else.
type loader struct{}

// LoadDocument implements ld.DocumentLoader.
func (loader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	text, ok := contexts.Lookup(url)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, "not known here")
	}
	document, err := ld.DocumentFromReader(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	return &ld.RemoteDocument{DocumentURL: url, Document: document}, nil
}

// compact writes a document in the terms of the standard. Extensions and the language of an
// object are no JSON-LD of the document and stay as they are; a member of the document that
// means nothing is told of and kept under its name.
func compact(root jsonx.Value) (jsonx.Value, []*vc.Problem, error) {
	if p := tooForeign(root); p != nil {
		return jsonx.Value{}, nil, p
	}
	var kept set
	in := kept.taken(root)
	out, err := guard.Call(context.Background(), func() (map[string]any, error) {
		o := ld.NewJsonLdOptions("")
		o.DocumentLoader, o.ProcessingMode = loader{}, ld.JsonLd_1_0
		return ld.NewJsonLdProcessor().Compact(in, map[string]any{"@context": Context}, o)
	})
	if err != nil {
		return jsonx.Value{}, nil, caused(CodeLinkedData, "", "", err)
	}
	dropped := kept.back(root, out)
	text, err := json.Marshal(out)
	if err != nil {
		return jsonx.Value{}, nil, caused(CodeLinkedData, "", "", err)
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: maxDocument}, nil)
	if err != nil {
		return jsonx.Value{}, nil, caused(CodeLinkedData, "", "", err)
	}
	return doc.Root(), dropped, nil
}

// set are the members of the document itself that JSON-LD has no say in.
type set map[string]json.RawMessage

// taken returns the document for json-gold, without what is kept.
func (s *set) taken(root jsonx.Value) map[string]any {
	*s = set{}
	in := map[string]any{}
	for m := root.First(); m.Exists(); m = m.Next() {
		if isExtension(m) || m.Name() == "@language" {
			(*s)[m.Name()] = m.Raw()
			continue
		}
		in[m.Name()] = foreign(m)
	}
	return in
}

// foreign is a value in the types of json-gold, without the contexts of extensions.
func foreign(v jsonx.Value) any {
	switch v.Kind() {
	case jsonx.Object:
		o := make(map[string]any, v.Len())
		for m := v.First(); m.Exists(); m = m.Next() {
			if m.Name() == "@language" && !v.Get("@value").Exists() && v.Name() != "@context" && v.Parent().Name() != "@context" {
				continue // the standard has it of an object, which JSON-LD has not
			}
			o[m.Name()] = foreign(m)
		}
		return o
	case jsonx.Array:
		a := make([]any, 0, v.Len())
		for m := v.First(); m.Exists(); m = m.Next() {
			if v.Name() == "@context" && strings.HasPrefix(jsonx.Content(m), extensionsPrefix) {
				continue
			}
			a = append(a, foreign(m))
		}
		return a
	case jsonx.Number:
		f, _ := v.Float()
		return f
	case jsonx.String:
		return v.Text()
	case jsonx.True, jsonx.False:
		return v.Kind() == jsonx.True
	}
	return nil
}

// back puts what was kept beside what came out, and so what means nothing as JSON-LD: it is
// preserved where its name is not one that the standard has. It tells of those.
func (s set) back(root jsonx.Value, out map[string]any) (dropped []*vc.Problem) {
	for m := root.First(); m.Exists(); m = m.Next() {
		name := m.Name()
		if raw, ok := s[name]; ok {
			out[name] = raw
			continue
		}
		_, there := out[name]
		_, ours := standard()[name]
		switch {
		case there || strings.HasPrefix(name, "@") || strings.Contains(name, ":"):
		case ours || !definedIn(root.Get("@context"), name):
			if !ours {
				out[name] = json.RawMessage(m.Raw())
			}
			if !standardAlias(name) {
				dropped = append(dropped, problem(CodeTermDropped, m.Pointer(), "", ""))
			}
		}
	}
	return dropped
}

// standardAlias reports whether a term of the standard is a second name for another.
func standardAlias(name string) bool {
	return slices.Contains([]string{"verify", "hosted", "signed"}, name)
}

// definedIn reports whether a context that is written in the document defines a name.
func definedIn(context jsonx.Value, name string) bool {
	for item := range context.All() {
		if item.Kind() == jsonx.Object && item.Get(name).Exists() {
			return true
		}
	}
	return false
}
