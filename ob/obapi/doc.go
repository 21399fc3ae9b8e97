// Package obapi is the API of Open Badges 3.0: the service of a host that keeps badges for
// people, and the client that reads and writes such a service.
//
// [NewHandler] serves a [hub.Store] to whoever comes with a token that an
// [oauthsrv.Authorizer] knows. What is posted is verified first, and kept as the bytes that
// came; what is listed is those bytes. [NewClient] reads the services of others, which
// deviate from the standard in more ways than one, and keeps the token on their origin.
//
// Package clr/clrapi is the same for CLR 2.0: the two services are one protocol with two
// vocabularies, and the types are those of this package.
package obapi
