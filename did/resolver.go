package did

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/laurel-edu/laurel/internal/guard"
	"github.com/laurel-edu/laurel/internal/quote"
)

// Resolver finds the document of an identifier: a DID, or a URL where the
// resolver is for those. Implementations must be safe for concurrent use, return
// a document of exactly that id, and report failures as [*Error]: [CodeNotFound]
// where there is no such document, [CodeUnresolved] where they could not decide.
type Resolver interface {
	Resolve(ctx context.Context, id string) (*Document, error)
}

// ResolverFunc is a function as a [Resolver].
type ResolverFunc func(ctx context.Context, id string) (*Document, error)

// Resolve implements [Resolver].
func (f ResolverFunc) Resolve(ctx context.Context, id string) (*Document, error) { return f(ctx, id) }

// Guard holds a resolver to its contract, whatever it does: where it answers
// nothing, with the document of another id, with an error that is no [*Error], or
// panics, or is slower than ctx, Resolve returns an [*Error]; of [CodeUnresolved]
// where that decides nothing. A slow one is left to its goroutine. The nil
// Resolver supports no method. To guard twice is to guard once.
func Guard(r Resolver) Resolver {
	if g, ok := r.(guarded); ok {
		return g
	}
	return guarded{r}
}

type guarded struct{ resolver Resolver }

// Resolve implements [Resolver].
func (g guarded) Resolve(ctx context.Context, id string) (*Document, error) {
	if g.resolver == nil {
		return nil, fail(CodeMethodNotSupported, "there is no resolver for %s", quote.Text(id))
	}
	document, err := guard.Call(ctx, func() (*Document, error) { return guard.Legible(g.resolver.Resolve(ctx, id)) })
	if err != nil {
		if e, ok := errors.AsType[*Error](err); ok && e != nil {
			return nil, err
		}
		return nil, NewError(CodeUnresolved, "the document of "+quote.Text(id)+" could not be had", err)
	}
	if document == nil {
		return nil, fail(CodeNotFound, "no document of %s", quote.Text(id))
	}
	if document.ID() != id {
		return nil, fail(CodeDocumentID, "the document is of %s, asked was %s", quote.Text(document.ID()), quote.Text(id))
	}
	return document, nil
}

// Mux chooses a resolver by the DID method, and for identifiers that are https
// URLs the one under "https". It must not be changed while it is in use. The
// empty Mux supports no method.
type Mux map[string]Resolver

// Resolve implements [Resolver]. The chosen resolver is guarded ([Guard]).
func (m Mux) Resolve(ctx context.Context, id string) (*Document, error) {
	method, err := methodOf(id)
	if err != nil {
		return nil, err
	}
	resolver := m[method]
	if resolver == nil {
		return nil, fail(CodeMethodNotSupported, "no resolver for %s", quote.Text(method))
	}
	return Guard(resolver).Resolve(ctx, id)
}

// Observed answers as Next does and tells Seen of every answer and every failure: for
// records of what a verification rests on. Seen may be called from several goroutines and
// must not change what it gets; where it panics nothing else changes.
type Observed struct {
	Next Resolver
	Seen func(id string, d *Document, err error)
}

// Resolve implements [Resolver]. Next is guarded ([Guard]).
func (o Observed) Resolve(ctx context.Context, id string) (*Document, error) {
	d, err := Guard(o.Next).Resolve(ctx, id)
	guard.Yes(context.Background(), func() bool { o.Seen(id, d, err); return true })
	return d, err
}

// methodOf is the name under which an identifier is resolved.
func methodOf(id string) (string, error) {
	if strings.HasPrefix(id, "https://") {
		if err := checkURL(id); err != nil {
			return "", err
		}
		return "https", nil
	}
	d, err := Parse(id)
	return d.Method, err
}

// Retrieve finds the verification method of a URL for a use: it resolves the URL
// without its fragment and asks the document (Controlled Identifiers 1.0, 3.3).
// at is the instant at which the method must be valid. The resolver is guarded
// ([Guard]). Errors are [*Error]; the context's are wrapped in one of
// [CodeUnresolved].
func Retrieve(
	ctx context.Context, resolver Resolver, methodURL string, rel Relationship, at time.Time,
) (*VerificationMethod, *Document, error) {
	primary, err := splitMethodURL(methodURL)
	if err != nil {
		return nil, nil, err
	}
	document, err := Guard(resolver).Resolve(ctx, primary)
	if err != nil {
		return nil, nil, err
	}
	method, err := document.MethodAt(methodURL, rel, at)
	if err != nil {
		return nil, nil, err
	}
	return method, document, nil
}

// Static resolves to documents that the caller holds, by their id: for tests, and
// for products that know their issuers. It must not be changed while it is in use.
type Static map[string]*Document

// NewStatic parses documents into a Static. Two of one id are an error.
func NewStatic(documents ...[]byte) (Static, error) {
	s := make(Static, len(documents))
	for _, src := range documents {
		d, err := ParseDocument(src)
		if err != nil {
			return nil, err
		}
		if s[d.ID()] != nil {
			return nil, fail(CodeInvalidDocument, "two documents of %s", quote.Text(d.ID()))
		}
		s[d.ID()] = d
	}
	return s, nil
}

// Resolve implements [Resolver].
func (s Static) Resolve(_ context.Context, id string) (*Document, error) {
	if d := s[id]; d != nil {
		return d, nil
	}
	return nil, fail(CodeNotFound, "no document of %s", quote.Text(id))
}
