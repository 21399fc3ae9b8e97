package publish

import (
	"bytes"
	"maps"
	"slices"
	"time"

	"github.com/laurel-edu/laurel/internal/datetime"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// stateLimits are room for a document and a line for each of its keys.
var stateLimits = jsonx.Limits{Bytes: 2 * MaxDocument, Depth: limits.Depth + 1}

// Bytes returns the issuer as JSON, to keep and to read back with [Parse]: the document,
// and beside it which keys are retired, since when. There is nothing secret in it, yet
// whoever can change it decides what the issuer publishes.
//
//	{"document": {"id": "did:web:school.example", …}, "retired": {"did:web:school.example#key-1": "2026-01-01T00:00:00Z"}}
func (i *Issuer) Bytes() []byte {
	if i.made() != nil {
		return nil
	}
	b := append([]byte("{\"document\": "), i.root.Raw()...)
	b = append(b, ",\n\"retired\": {"...)
	retired := i.retired()
	for n, url := range slices.Sorted(maps.Keys(retired)) {
		if n > 0 {
			b = append(b, ", "...)
		}
		b = append(jcs.AppendString(b, url), ": "...)
		b = append(append(append(b, '"'), retired[url].Format(time.RFC3339Nano)...), '"')
	}
	return append(b, "}}\n"...)
}

// Parse reads what [Issuer.Bytes] wrote. The error is a [*vc.Problem]. state may be
// changed afterwards.
func Parse(state []byte) (*Issuer, error) {
	parsed, err := jsonx.Parse(bytes.Clone(state), stateLimits, nil)
	if err != nil {
		p := words.Problem(CodeState, "", "")
		p.Err = err
		return nil, p
	}
	root := parsed.Root()
	if root.Kind() != jsonx.Object || root.Len() != 2 || !root.Get("document").Exists() {
		return nil, words.Problem(CodeState, "", "")
	}
	retired, err := retiredIn(root.Get("retired"))
	if err != nil {
		return nil, err
	}
	i, err := read(root.Get("document").Raw(), retired)
	if p, ok := err.(*vc.Problem); ok {
		return nil, p.Within("/document")
	}
	if err == nil && len(i.retired()) != len(retired) {
		return nil, words.Problem(CodeState, "/retired", "a key that the document does not list")
	}
	return i, err
}

// retiredIn reads since when keys are retired, by their URL.
func retiredIn(v jsonx.Value) (map[string]time.Time, error) {
	if v.Kind() != jsonx.Object {
		return nil, words.Problem(CodeState, "/retired", v.Shown())
	}
	retired := map[string]time.Time{}
	for m := v.First(); m.Exists(); m = m.Next() {
		at, err := datetime.Parse(jsonx.Content(m))
		if err != nil || at.IsZero() || at.Year() > 9999 {
			return nil, words.Problem(CodeState, m.Pointer(), m.Shown())
		}
		retired[m.Name()] = at.UTC()
	}
	return retired, nil
}
