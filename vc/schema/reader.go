package schema

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v5"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// draft2019 is the draft that an entry of 1EdTech means where its schema names none.
const draft2019 = "https://json-schema.org/draft/2019-09/schema"

// drafts are what is known by its $schema, without the empty fragment that it may have,
// and in either scheme: of draft 07 the true one is http.
var drafts = map[string]*jsonschema.Draft{
	"https://json-schema.org/draft/2020-12/schema": jsonschema.Draft2020,
	draft2019: jsonschema.Draft2019,
	"https://json-schema.org/draft-07/schema": jsonschema.Draft7,
}

// draft04 is the draft that schemas of Open Badges 2 were written in, and mean where they
// name none.
const draft04 = "https://json-schema.org/draft-04/schema"

// older are the drafts that schemas of credentials may not have, and those of Open Badges 2
// have.
var older = map[string]*jsonschema.Draft{
	draft04: jsonschema.Draft4,
	"https://json-schema.org/draft-06/schema": jsonschema.Draft6,
}

// source is a schema as it was found.
type source struct {
	url   string
	text  []byte
	draft string // where the text names none; "" for none
}

// reader reads one schema and all that it refers to.
type reader struct {
	*checker
	ctx       context.Context
	bytes     int // that may still be read, as of values
	values    int
	documents int // that were read
	patterns  int // instructions of the patterns that were read
	implied   string
	refers    []reference
}

// reference is a document that a schema refers to, and the digest of its text.
type reference struct {
	url string
	sum [sha256.Size]byte
}

const maxDepth = 64 // of a schema's text, as of any document

// compile compiles a schema. Every error of the library, and a panic in it, is a fault.
func (r *reader) compile(src source) (*compiled, *fault) {
	s, err := guard.Call(context.WithoutCancel(r.ctx), func() (*jsonschema.Schema, error) { return r.schema(src) })
	if err == nil {
		return unfold(s, r.MaxNodes)
	}
	if f, ok := errors.AsType[*fault](err); ok {
		return nil, f
	}
	return nil, &fault{code: CodeInvalid, found: vc.Quote(reason(err)), err: err}
}

// reason is the innermost cause that the library gives.
func reason(err error) string {
	if invalid, ok := errors.AsType[*jsonschema.ValidationError](err); ok {
		for len(invalid.Causes) > 0 {
			invalid = invalid.Causes[0]
		}
		return invalid.InstanceLocation + ": " + invalid.Message
	}
	if outer, ok := errors.AsType[*jsonschema.SchemaError](err); ok && outer.Err != nil {
		err = outer.Err
	}
	return strings.TrimPrefix(err.Error(), "jsonschema: ")
}

func (r *reader) schema(src source) (*jsonschema.Schema, error) {
	url, fragment, _ := strings.Cut(src.url, "#")
	root, err := r.parse(url, src.text)
	if err != nil {
		return nil, err
	}
	r.implied = src.draft
	draft, err := draftOf(root, src.draft)
	if err != nil {
		return nil, err
	}
	c := jsonschema.NewCompiler()
	c.Draft, c.AssertFormat, c.LoadURL = draft, true, r.load
	c.Formats["regex"] = isPattern
	if err := c.AddResource(url, canonical(root)); err != nil {
		return nil, err
	}
	return c.Compile(url + "#" + fragment)
}

// parse reads a document strictly, and looks at its patterns before they are compiled.
func (r *reader) parse(url string, text []byte) (jsonx.Value, error) {
	if r.documents++; r.documents > maxDocuments {
		return jsonx.Value{}, &fault{code: CodeReferenceRefused, found: vc.Quote(url), expected: "at most eight documents"}
	}
	if r.bytes -= len(text); r.bytes < 0 {
		return jsonx.Value{}, &fault{code: CodeTooLarge, found: "a longer text", expected: fmt.Sprintf("at most %d bytes", r.MaxBytes)}
	}
	doc, err := jsonx.Parse(text, jsonx.Limits{Bytes: r.MaxBytes, Depth: maxDepth}, nil)
	if err != nil {
		f := &fault{code: CodeInvalid, found: vc.Quote(err.Error()), err: err}
		if cause, ok := errors.AsType[*jsonx.Error](err); ok && cause.Code == jsonx.CodeTooDeep {
			f.code = CodeTooLarge
		}
		return jsonx.Value{}, f
	}
	if r.values -= doc.Nodes(); r.values < 0 {
		most := fmt.Sprintf("at most %d", r.MaxNodes/nodesPerValue)
		return jsonx.Value{}, &fault{code: CodeTooLarge, found: "more values", expected: most}
	}
	return doc.Root(), r.checkPatterns(doc.Root())
}

// canonical is the text that the library reads: numbers are written as everybody
// reads them.
func canonical(v jsonx.Value) io.Reader {
	text, err := jcs.Append(nil, v)
	if err != nil {
		panic(err) // of no value that was parsed
	}
	return bytes.NewReader(text)
}

// draftOf returns the draft that a schema names. One that names none is not to be
// processed (VC JSON Schema 1.0, 4), unless its entry implies one, or it does nothing
// but refer to another, as an example of that specification does.
func draftOf(root jsonx.Value, implied string) (*jsonschema.Draft, error) {
	name := root.Get("$schema")
	if !name.Exists() {
		switch {
		case implied == draft04:
			return older[draft04], nil
		case implied != "":
			return drafts[implied], nil
		case root.Kind() == jsonx.Object && root.Len() == 1 && root.Get("$ref").Exists():
			return jsonschema.Draft2020, nil
		}
	}
	url := strings.TrimSuffix(jsonx.Content(name), "#")
	if rest, plain := strings.CutPrefix(url, "http://"); plain {
		url = "https://" + rest
	}
	if d := drafts[url]; d != nil {
		return d, nil
	}
	if d := older[url]; d != nil && implied == draft04 {
		return d, nil
	}
	found := "no $schema"
	if name.Exists() {
		found = name.Shown()
	}
	return nil, &fault{code: CodeDraftNotSupported, found: found}
}

// load is what the library gets documents by: over https alone, from where the
// verifier gets everything else.
func (r *reader) load(url string) (io.ReadCloser, error) {
	if !strings.HasPrefix(url, "https://") {
		return nil, &fault{code: CodeReferenceRefused, found: vc.Quote(url), expected: "an https URL"}
	}
	text, err := r.fetch(url)
	if err != nil {
		return nil, unavailable(url, err)
	}
	root, err := r.parse(url, text)
	if err != nil {
		return nil, err
	}
	if root.Get("$schema").Exists() {
		if _, err := draftOf(root, r.implied); err != nil {
			return nil, err
		}
	}
	r.refers = append(r.refers, reference{url, sha256.Sum256(text)})
	return io.NopCloser(canonical(root)), nil
}

func (r *reader) fetch(url string) ([]byte, error) {
	response, err := r.Fetcher.Fetch(r.ctx, url)
	if err != nil {
		return nil, err
	}
	return response.Body, nil
}
