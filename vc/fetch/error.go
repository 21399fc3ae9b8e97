package fetch

import (
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"

	"github.com/laurel-edu/laurel/internal/quote"
	"github.com/laurel-edu/laurel/internal/safehttp"
)

// Code names why a document could not be had. Codes are stable.
type Code string

// The codes of [Error].
const (
	CodeOffline   Code = "offline"      // no Fetcher was given
	CodeNotInPack Code = "not-in-pack"  // the trust pack lacks the document
	CodeBudget    Code = "fetch-budget" // the verification asked for too many documents

	CodeNotFound Code = "http-not-found"  // HTTP 404
	CodeGone     Code = "http-gone"       // HTTP 410: the publisher withdrew it
	CodeStatus   Code = "http-status"     // any other status than success
	CodeHTML     Code = "unexpected-html" // a web page where a document belongs

	CodeRefusedURL       Code = "refused-url"        // scheme, user, host or port is not allowed
	CodeRefusedAddress   Code = "refused-address"    // the host is not on the public Internet
	CodeRefusedRedirect  Code = "refused-redirect"   // a redirect to another host, where that is not allowed
	CodeTooManyRedirects Code = "too-many-redirects" // more than Config.MaxRedirects
	CodeTooLarge         Code = "response-too-large" // longer than Config.MaxBytes
	CodeEncoding         Code = "content-encoding"   // compressed although that was not asked for

	CodeTimeout     Code = "fetch-timeout"   // not answered within Config.Timeout or the context's deadline
	CodeCancelled   Code = "fetch-cancelled" // given up, since the context ended
	CodeUnknownHost Code = "unknown-host"    // the name does not exist
	CodeTLS         Code = "tls"             // the certificate is expired, for another name, or of an unknown authority
	CodeNetwork     Code = "network"         // any other failure of the connection
	CodeFetcher     Code = "fetcher-failed"  // a Fetcher of the caller's own panicked, or answered nothing

	CodePackSyntax   Code = "pack-syntax"   // not a trust pack
	CodePackConflict Code = "pack-conflict" // two different documents for one key
)

// typeLaurel is the ProblemDetails type URL of what W3C has none for: the page of the
// codes.
const typeLaurel = "https://github.com/laurel-edu/laurel/blob/main/docs/codes.md"

// words are the type URL of each code, and what to do.
var words = map[Code]struct{ typeURL, fix string }{
	CodeOffline:          {typeLaurel, "use a trust pack that holds the document, or a client that may fetch it"},
	CodeNotInPack:        {typeLaurel, "put the document into the trust pack"},
	CodeBudget:           {typeLaurel, "allow more requests, or use a trust pack that holds the document"},
	CodeNotFound:         {typeLaurel, "whoever publishes the document must put it at this address"},
	CodeGone:             {typeLaurel, "ask whoever published the document where it is now"},
	CodeStatus:           {typeLaurel, "try again later, or ask whoever publishes the document"},
	CodeHTML:             {typeLaurel, "whoever publishes the document must serve it in place of a web page"},
	CodeRefusedURL:       {typeLaurel, "publish the document at an https URL, at port 443 and without a user"},
	CodeRefusedAddress:   {typeLaurel, "publish the document on the public Internet"},
	CodeRefusedRedirect:  {typeLaurel, "publish the document at the address itself"},
	CodeTooManyRedirects: {typeLaurel, "publish the document at the address itself"},
	CodeTooLarge:         {typeLaurel, "publish a shorter document, or raise the limit where long ones are wanted"},
	CodeEncoding:         {typeLaurel, "whoever publishes the document must serve it as it was asked for"},
	CodeTimeout:          {typeLaurel, "try again later, or allow more time"},
	CodeCancelled:        {typeLaurel, "ask again, with more time"},
	CodeUnknownHost:      {typeLaurel, "correct the address, or ask whoever publishes the document"},
	CodeTLS:              {typeLaurel, "whoever publishes the document must give the host a certificate in force, of a known authority"},
	CodeNetwork:          {typeLaurel, "try again later"},
	CodeFetcher:          {typeLaurel, "mend the Fetcher that was given"},
	CodePackSyntax:       {typeLaurel, "write the trust pack as a JSON object of documents by their addresses"},
	CodePackConflict:     {typeLaurel, "keep one document for each address"},
}

// Error says why a document could not be had. Two Errors match under [errors.Is]
// when their codes are equal.
type Error struct {
	Code   Code
	URL    string // as asked for; "" for a pack that cannot be read
	Status int    // the HTTP status, where the code is about one
	Detail string // one sentence for a person
	Err    error  // the cause beneath, if any
}

// Error implements error.
func (e *Error) Error() string {
	text := "fetch: " + string(e.Code)
	if e.URL != "" {
		text += " for " + quote.Text(e.URL)
	}
	return text + ": " + e.Detail
}

// ProblemCode is the code, for vc.ProblemOf.
func (e *Error) ProblemCode() string { return string(e.Code) }

// ProblemDetails is the rest of what the error says, for vc.ProblemOf. The document
// that could not be had has no pointer.
func (e *Error) ProblemDetails() (typeURL, pointer, message, fix string) {
	w := words[e.Code]
	if e.URL == "" {
		return w.typeURL, "", e.Detail, w.fix
	}
	return w.typeURL, "", e.Detail + " (" + quote.Text(e.URL) + ")", w.fix
}

// Unwrap returns the cause beneath.
func (e *Error) Unwrap() error { return e.Err }

// Is reports whether target is an Error of the same code.
func (e *Error) Is(target error) bool {
	var other *Error
	return errors.As(target, &other) && other.Code == e.Code
}

// Temporary reports whether the same request may be answered later without a
// change on either side: a timeout, a broken connection, an overloaded server.
func (e *Error) Temporary() bool {
	switch e.Code {
	case CodeTimeout, CodeCancelled, CodeNetwork:
		return true
	case CodeStatus:
		return e.Status >= 500 || e.Status == http.StatusTooManyRequests || e.Status == http.StatusRequestTimeout
	}
	return false
}

// Absent reports whether the publisher says that there is no such document, now
// or any more. Everything else leaves open what it would have said.
func (e *Error) Absent() bool { return e.Code == CodeNotFound || e.Code == CodeGone }

// explain gives a failure of net/http, or of a Fetcher, its code.
func explain(target string, err error) *Error {
	if own, ok := errors.AsType[*Error](err); ok {
		if own == nil || own.Code == "" {
			return &Error{Code: CodeFetcher, URL: target, Detail: "the Fetcher gave an error that says nothing"}
		}
		return own
	}
	if isBroken(err) {
		return &Error{Code: CodeFetcher, URL: target, Detail: "the Fetcher failed: " + err.Error(), Err: err}
	}
	if refused, ok := errors.AsType[*safehttp.Error](err); ok {
		return &Error{Code: Code(refused.Code), URL: target, Detail: refused.Detail, Err: err}
	}
	code, detail := classify(err)
	return &Error{Code: code, URL: target, Detail: detail, Err: err}
}

func classify(err error) (Code, string) {
	if errors.Is(err, context.Canceled) {
		return CodeCancelled, "the request was cancelled"
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return CodeTimeout, "the server did not answer in time"
	}
	if dns, ok := errors.AsType[*net.DNSError](err); ok && dns.IsNotFound {
		return CodeUnknownHost, "the host name " + quote.Text(dns.Name) + " does not exist"
	}
	if cert, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return CodeTLS, "the server's certificate is not accepted: " + cert.Err.Error()
	}
	if whole, ok := errors.AsType[*url.Error](err); ok {
		err = whole.Err // the URL is named already
	}
	return CodeNetwork, "the connection failed: " + quote.Text(err.Error())
}
