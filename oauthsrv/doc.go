// Package oauthsrv is the authorization server that a host of Open Badges 3.0 or CLR 2.0
// needs: open registration of clients (RFC 7591), the authorization code grant with PKCE
// (RFC 6749, RFC 7636), refresh tokens that rotate, revocation (RFC 7009), metadata
// (RFC 8414) and the issuer in each authorization response (RFC 9207), within the profile
// of the standard's security chapter.
//
// It knows nothing of credentials. What is protected asks an [Authorizer] whose a bearer
// token is; a product that has an authorization server of its own implements that and
// needs nothing else of this package.
//
// What must not be forgotten is kept in a [Store]: [MemoryStore] for tests, a database for
// several processes. Package oauthsrv/storetest holds a store of yours against what the
// interface promises.
package oauthsrv
