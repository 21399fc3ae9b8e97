// Package refhost is a host of Open Badges 3.0, CLR 2.0 and CASE for tests: it keeps credentials in
// memory, lets everybody in without a question, and on demand does one thing wrong. It is
// written from the specifications and uses nothing of our own services, so that clients and
// the conformance suite meet a stranger in it.
//
//	host, err := refhost.New(refhost.Config{Origin: "https://localhost:8443", Fault: "page-loop"})
//	…
//	server.Handler = host // over TLS, at that origin
//
// A client connects to [Host.Discovery]. [Host.Seen] tells what it asked, and [Host.Badges]
// are three badges to be verified: valid, expired and revoked.
//
// [Frameworks] is the same for CASE: a provider in both versions, of two frameworks.
//
// Nothing of it belongs into a program that serves anybody: there is no login, and its keys
// follow from a seed.
package refhost
