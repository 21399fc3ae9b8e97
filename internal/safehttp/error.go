package safehttp

// Code names why a request was refused or an answer given up.
type Code string

// The codes of [Error].
const (
	CodeRefusedURL       Code = "refused-url"        // scheme, user, host or port is not allowed
	CodeRefusedAddress   Code = "refused-address"    // the host resolves to an address that is not public
	CodeRefusedRedirect  Code = "refused-redirect"   // a redirect leaves the origin, where that is not allowed
	CodeTooManyRedirects Code = "too-many-redirects" // more hops than Policy.MaxRedirects
	CodeTooLarge         Code = "response-too-large" // the body is longer than Policy.MaxBody
	CodeEncoding         Code = "content-encoding"   // the body is compressed although that was not asked for
)

// Error says what the policy refused. It stands within the *url.Error of
// net/http, or is returned while the body is read.
type Error struct {
	Code   Code
	Detail string // one sentence for a person
}

// Error implements error.
func (e *Error) Error() string { return "safehttp: " + string(e.Code) + ": " + e.Detail }
