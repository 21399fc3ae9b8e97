package schema

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// unwrap verifies a credential that holds a schema and returns the schema's text
// (VC JSON Schema 1.0, 2.2). Whoever the credential's issuer chose may have signed it.
func (k *checker) unwrap(ctx context.Context, e *Entry, text []byte) ([]byte, *vc.Problem) {
	pointer := e.Pointer + "/id"
	if k.VerifyCredential == nil {
		return nil, words.Problem(CodeCredentialNotVerified, pointer, "")
	}
	verified, err := guard.Call(context.WithoutCancel(ctx), func() (VerifiedCredential, error) {
		return k.VerifyCredential(ctx, text)
	})
	if err != nil || verified.Document == nil {
		f := &fault{code: CodeCredentialNotVerified, found: vc.Quote(e.ID), err: err}
		if errors.Is(err, &fetch.Error{Code: fetch.CodeBudget}) {
			f.code = vc.Code(fetch.CodeBudget)
		}
		return nil, f.at(pointer)
	}
	if f := k.current(verified); f != nil {
		return nil, f.at(pointer)
	}
	schema, f := held(verified.Document, e.ID)
	if f != nil {
		return nil, f.at(pointer)
	}
	return schema.Raw(), nil
}

// held finds the schema in its credential.
func held(doc *vc.Document, url string) (jsonx.Value, *fault) {
	malformed := func(found, expected string) (jsonx.Value, *fault) {
		return jsonx.Value{}, &fault{code: CodeCredentialMalformed, found: found, expected: expected}
	}
	if !doc.HasType(typeCredential) {
		return malformed(vc.Quote(strings.Join(doc.Types(), ", ")), "the type "+typeCredential)
	}
	if id := doc.ID(); id != url {
		return malformed(vc.Quote(id), "the id "+vc.Quote(url))
	}
	subjects := door.Root(doc).Get("credentialSubject").Items()
	if len(subjects) != 1 || !door.HasType(subjects[0], typeJSONSchema) {
		return malformed(fmt.Sprintf("%d subjects", len(subjects)), "one credentialSubject of type "+typeJSONSchema)
	}
	schema := subjects[0].Get("jsonSchema").Single()
	if schema.Kind() != jsonx.Object {
		return malformed(schema.Kind().String(), "an object as jsonSchema")
	}
	return schema, nil
}

// current judges the dates of a verified credential, under their names in either
// version of the data model, and how long its proof holds.
func (k *checker) current(verified VerifiedCredential) *fault {
	valid, root := verified.Valid, door.Root(verified.Document)
	for _, name := range [...]string{"validFrom", "issuanceDate", "validUntil", "expirationDate"} {
		v := root.Get(name).Single()
		if !v.Exists() {
			continue
		}
		t, err := vc.ParseTime(jsonx.Content(v))
		if err != nil {
			found := name + " " + v.Shown()
			return &fault{code: CodeCredentialMalformed, found: found, expected: "a date and time", err: err}
		}
		if name == "validFrom" || name == "issuanceDate" {
			valid = valid.And(vc.Interval{From: t})
		} else {
			valid = valid.And(vc.Until(t))
		}
	}
	switch {
	case !valid.Begun(k.At, k.Skew):
		return notCurrent(valid.From, "before ", k.At)
	case valid.Ended(k.At, k.Skew):
		return notCurrent(valid.Until, "after ", k.At)
	}
	return nil
}

func notCurrent(end time.Time, relation string, at time.Time) *fault {
	return &fault{code: CodeCredentialNotCurrent, found: end.Format(time.RFC3339), expected: relation + at.Format(time.RFC3339)}
}
