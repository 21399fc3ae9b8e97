package refhost

import "slices"

// Fault is one thing that a Host does wrong.
type Fault struct {
	Name string
	Does string // in words, behind "the host"
}

// faults are all of them. A fault is looked for by name where it strikes.
var faults = []Fault{
	{"sdd-closed", "asks for a token at the service description"},
	{"sdd-type", "sends the description as text/plain"},
	{"sdd-http", "names URLs of plain http"},
	{"sdd-foreign", "names a token URL of another host"},
	{"sdd-no-scheme", "names URLs without a scheme"},
	{"sdd-terms-lost", "names no terms of service"},
	{"sdd-read-only", "offers no scope for writing"},
	{"reg-lossy", "does not say client_uri and logo_uri back"},
	{"reg-anything", "registers whatever it is sent"},
	{"reg-200", "answers a registration with 200"},
	{"no-pkce", "gives codes without a challenge"},
	{"pkce-plain", "takes the method plain"},
	{"open-redirect", "redirects to any URI"},
	{"state-lost", "does not send the state back"},
	{"state-wrong", "sends another state back"},
	{"denied", "says that the person did not allow it"},
	{"scope-overstated", "says that it grants more than was asked"},
	{"token-stored", "lets token answers be stored"},
	{"token-untyped", "does not say the type of tokens"},
	{"token-no-scope", "does not say the scope of tokens"},
	{"token-401-basic", "refuses every client with 401"},
	{"token-400", "refuses every client with 400"},
	{"bearer-lowercase", "calls tokens bearer"},
	{"no-expires", "does not say how long tokens live"},
	{"verifier-unchecked", "takes any verifier"},
	{"redirect-unchecked", "takes any redirect URI with a code"},
	{"client-unchecked", "takes a code of another client"},
	{"grant-error", "calls a bad code invalid_request"},
	{"code-twice", "takes a code twice"},
	{"code-reuse-lives", "lets the token of a code live that came twice"},
	{"forged-listed", "lists a credential that was tampered with"},
	{"list-empty", "lists nothing"},
	{"wrong-array", "lists tokens among the JSON objects"},
	{"jws-plural", "calls the array of tokens compactJwsStrings"},
	{"open", "needs no token for reading"},
	{"garbage-token", "takes tokens for reading that it never gave"},
	{"oauth-errors", "answers 401 and 403 with errors of OAuth"},
	{"read-scope-unchecked", "reads with any token of its own"},
	{"limit-ignored", "sends the whole list for any limit"},
	{"page-twice", "repeats the last credential of a page on the next"},
	{"page-lost", "loses a credential between two pages"},
	{"page-loop", "has next lead to the same page"},
	{"page-no-link", "sends no Link"},
	{"page-no-total", "sends no X-Total-Count"},
	{"page-no-prev", "sends no link prev"},
	{"next-foreign", "has next lead to another host"},
	{"total-wrong", "counts one credential too many"},
	{"bad-limit-taken", "takes any limit"},
	{"since-ignored", "ignores since"},
	{"offset-404", "answers 404 behind the end of the list"},
	{"profile-untyped", "sends a profile without a type"},
	{"profile-open", "sends the profile without a token"},
	{"profile-scope-unchecked", "sends the profile with any token of its own"},
	{"revoke-ignored", "revokes nothing"},
	{"revoke-400", "refuses to revoke a token that is none"},
	{"revoke-refresh-alone", "lets the access token of a revoked refresh token live"},
	{"refresh-dead", "refuses every refresh token"},
	{"refresh-wider", "widens the scope at a refresh"},
	{"upsert-200", "answers a new credential with 200"},
	{"upsert-type", "answers a credential as application/json, whatever it was"},
	{"upsert-quoted", "answers a token in quotes"},
	{"upsert-201", "answers a credential that it had with 201"},
	{"upsert-304", "answers a credential that it had with 304"},
	{"upsert-doubles", "keeps a credential twice that came twice"},
	{"upsert-cut", "answers with half of the credential's members"},
	{"rewritten", "writes credentials anew"},
	{"name-lost", "loses the name of credentials"},
	{"never-replaces", "keeps the first version of a credential"},
	{"older-replaces", "keeps the last version of a credential that came"},
	{"id-alone", "tells credentials apart by their id alone"},
	{"id-literal", "does not decode ids before it compares them"},
	{"forged-taken", "takes a credential that was tampered with"},
	{"write-scope-unchecked", "writes with any token of its own"},
	{"bad-body-500", "breaks at a body that is no credential"},
	{"anything-taken", "takes any JSON for a credential"},
	{"put-405", "does not take profiles"},
	{"html", "answers the list with a page for people"},
	{"garbage", "answers the list with half of a JSON text"},
	{"503-always", "is always busy"},
}

// Faults lists what a Host can do wrong.
func Faults() []Fault { return slices.Clone(faults) }

// has reports whether the host has a fault.
func (h *Host) has(name string) bool { return h.fault == name }
