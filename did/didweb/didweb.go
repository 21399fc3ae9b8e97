// Package didweb resolves did:web: DIDs whose documents stand on a web server,
// at an address that the DID spells out (did:web Method Specification).
//
//	resolver := did.Mux{"web": didweb.Resolver{Fetcher: client}}
//
// What a resolved document proves is that whoever holds the host name published
// it there, today. There is no history and no signature; a host name that changes
// hands takes its DIDs along. Documents that must outlive their host belong into
// a trust pack ([fetch.Pack]), which answers here by DID or by URL.
//
// The document must be of exactly the DID that was asked for, and must come from
// the host that the DID names: a redirect within the host is followed, one that
// leaves it is refused, because the DID would otherwise be as trustworthy as the
// least careful redirect on that host.
package didweb

import (
	"context"
	"errors"
	"net/url"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/safehttp"
	"github.com/laurel-edu/laurel/vc/fetch"
)

// Resolver is a [did.Resolver] for did:web. The zero Resolver is offline. It is
// as safe for concurrent use as its Fetcher, and caches nothing itself.
type Resolver struct {
	// Fetcher gets the documents; nil is [fetch.Offline].
	Fetcher fetch.Fetcher
}

// Resolve implements [did.Resolver] with one fetch. Errors are [*did.Error]: of
// [did.CodeInvalidDID] for a DID that names no document, [did.CodeNotFound] where
// the host says that there is none, [did.CodeUnresolved] where it could not be
// asked or answered from elsewhere, which wraps a [*fetch.Error] with the cause,
// [did.CodeInvalidDocument] and [did.CodeDocumentID] for what it answered.
func (r Resolver) Resolve(ctx context.Context, id string) (*did.Document, error) {
	address, err := URL(id)
	if err != nil {
		return nil, err
	}
	response, err := fetch.Guard(r.Fetcher).Fetch(ctx, address)
	if err == nil {
		err = checkHost(address, response)
	}
	if err != nil {
		return nil, unresolved(id, err)
	}
	document, err := did.ParseDocument(response.Body)
	if err != nil {
		return nil, err
	}
	if document.ID() != id {
		return nil, did.NewError(did.CodeDocumentID, "the document at "+quote.Text(address)+" is of "+quote.Text(document.ID())+
			", not of "+quote.Text(id), nil)
	}
	return document, nil
}

// checkHost refuses an answer that came from another origin than was asked. A
// trust pack is the operator's word and has no origin.
func checkHost(address string, r *fetch.Response) error {
	if r.Source == fetch.SourcePack {
		return nil
	}
	asked, err := url.Parse(address)
	if err != nil {
		return err
	}
	answered, err := url.Parse(r.URL)
	if err != nil || !safehttp.SameOrigin(asked, answered) {
		return &fetch.Error{Code: fetch.CodeRefusedRedirect, URL: address, Err: err,
			Detail: "the document came from " + quote.Text(r.URL) + "; a did:web document stands on the host that the DID names"}
	}
	return nil
}

func unresolved(id string, err error) error {
	if e, ok := errors.AsType[*fetch.Error](err); ok && e.Absent() {
		return did.NewError(did.CodeNotFound, "the host has no document of "+quote.Text(id), err)
	}
	return did.NewError(did.CodeUnresolved, "the document of "+quote.Text(id)+" could not be had", err)
}
