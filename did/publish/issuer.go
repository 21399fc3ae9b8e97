package publish

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/controller"
	"github.com/laurel-edu/laurel/did/didweb"
	"github.com/laurel-edu/laurel/internal/jcs"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/loopback"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// MaxDocument is the longest document, in bytes: room for a profile with its picture, and
// half of what verifiers read, so that a document that came in can be added to.
const MaxDocument = 512 << 10

// limits are those of did.ParseDocument, but for the length.
var limits = jsonx.Limits{Bytes: MaxDocument, Depth: 32}

// Issuer is an identifier with its document and the state of its keys. It is immutable
// and safe for concurrent use. Make it with [New], [Import] or [Parse]; the zero Issuer
// has no document, and its methods that change something return an error.
type Issuer struct {
	root     jsonx.Value
	document *did.Document // as verifiers read it
	keys     []Key
	problems []*vc.Problem
}

// New returns the issuer of an identifier, with a document without keys. The identifier
// is a did:web DID, for which that is a DID document, or an https URL without a fragment,
// for which it is a controlled identifier document. A plain http URL of this machine is
// taken for local development; verifiers refuse it unless they are told otherwise
// (verify.Config.InsecureAllowLoopback). The error is a [*vc.Problem].
func New(id string) (*Issuer, error) {
	text := newDraft(jsonx.Value{})
	text.set("@context", list([][]byte{jcs.AppendString(nil, baseContext(id))}))
	text.set("id", jcs.AppendString(nil, id))
	return read(text.bytes(), nil)
}

// Import takes a document that somebody wrote by hand, or that is served already: a DID
// document of a did:web DID, a controlled identifier document, or a 1EdTech Profile with
// keys. Whatever it has besides keys for assertion (services, other keys, a name) stays
// through all changes, as it is written. Its keys count as ones that sign: retire those
// that do not.
//
// The error is a [*vc.Problem]: what is no such document, and one that holds a private
// key, which whoever could read the document has. What is wrong with single keys,
// [Issuer.Problems] tells. document may be changed afterwards.
func Import(document []byte) (*Issuer, error) { return read(bytes.Clone(document), nil) }

// read makes an Issuer of a document and of when keys were retired.
func read(text []byte, retired map[string]time.Time) (*Issuer, error) {
	parsed, err := jsonx.Parse(text, limits, nil)
	if err != nil {
		return nil, faulty("not JSON that can be read", err)
	}
	i := &Issuer{root: parsed.Root()}
	if i.root.Kind() != jsonx.Object || isKey(i.root) {
		return nil, faulty("an issuer's document is an object that lists keys, and no key itself", nil)
	}
	if p := secretIn(i.root); p != nil {
		return nil, p
	}
	if i.document, err = resolved(i.root); err != nil {
		return nil, vc.ProblemOf(err)
	}
	i.readKeys(retired)
	return i, nil
}

func faulty(detail string, cause error) *vc.Problem {
	return vc.ProblemOf(did.NewError(did.CodeInvalidDocument, detail, cause))
}

// isKey reports whether an object is a key and not a document with some.
func isKey(root jsonx.Value) bool {
	return slices.ContainsFunc([]string{"kty", "publicKeyMultibase", "publicKeyJwk", "publicKeyBase58"},
		func(name string) bool { return root.Get(name).Exists() })
}

// resolved is the document as a verifier's resolver reads it.
func resolved(root jsonx.Value) (*did.Document, error) {
	id := jsonx.Content(root.Get("id"))
	here := answer(root.Raw())
	switch {
	case strings.HasPrefix(id, "did:web:"):
		return didweb.Resolver{Fetcher: here}.Resolve(context.Background(), id)
	case strings.HasPrefix(id, "https://"), loopback.URL(id):
		return controller.Resolver{Fetcher: here, InsecureAllowLoopback: true}.Resolve(context.Background(), id)
	}
	return nil, words.Problem(CodeNotServed, "/id", quote.Text(id))
}

// answer is a network on which every URL has one document.
type answer []byte

// Fetch implements [fetch.Fetcher].
func (a answer) Fetch(_ context.Context, url string) (*fetch.Response, error) {
	return &fetch.Response{URL: url, MediaType: "application/json", Body: a, Source: fetch.SourcePack}, nil
}

// ID returns the identifier, as credentials of the issuer have it.
func (i *Issuer) ID() string {
	if i == nil || i.document == nil {
		return ""
	}
	return i.document.ID()
}

// URL returns where the document is to be served: at the https URL itself, and for a DID
// where did:web puts it.
func (i *Issuer) URL() string {
	if address, err := didweb.URL(i.ID()); err == nil {
		return address
	}
	return i.ID()
}

// Document returns the text of the document, to be served under [Issuer.URL]. An imported
// one that was not changed is as it came, but for white space around it. It must not be
// changed.
func (i *Issuer) Document() []byte {
	if i == nil {
		return nil
	}
	return i.root.Raw()
}

// Keys returns the keys that the document lists for assertion, in its order: those that
// signed credentials or may.
func (i *Issuer) Keys() []Key {
	if i == nil {
		return nil
	}
	return slices.Clone(i.keys)
}

// Problems returns what is wrong with the keys of the document, of other keys than those
// for assertion too: a verifier that is asked for such a key says the same. Their pointers
// are into the document in the shape of Controlled Identifiers 1.0, 2.1, in which keys
// under publicKey stand under verificationMethod. There are none where all was written here.
func (i *Issuer) Problems() []*vc.Problem {
	if i == nil {
		return nil
	}
	return slices.Clone(i.problems)
}

// Pack returns the document as a trust pack: for verifiers without a network, and to keep
// for the time after the issuer's host is gone.
func (i *Issuer) Pack() (*fetch.Pack, error) {
	if err := i.made(); err != nil {
		return nil, err
	}
	b := append(jcs.AppendString([]byte("{"), i.ID()), ':')
	pack, err := fetch.ParsePack(append(append(b, i.root.Raw()...), '}'))
	if err != nil {
		return nil, fmt.Errorf("publish: %w", err)
	}
	return pack, nil
}

func (i *Issuer) made() error {
	if i == nil || i.document == nil {
		return errors.New("publish: an Issuer is made by New, Import or Parse")
	}
	return nil
}
