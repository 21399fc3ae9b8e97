// Package publish writes, changes and serves the documents in which an issuer lists its
// keys, and says what a change does to what is issued already.
//
// An [Issuer] is an identifier, did:web or https, with its document and the state of its
// keys. It is a value: each change returns another one, so that what stands and what
// comes can be compared before anything is written.
//
//	issuer, err := publish.New("did:web:school.example")
//	issuer, err = issuer.Add("key-1", signer.Public())
//	method, err := issuer.Method(signer)                  // for issue.Config.VerificationMethod
//	handler, err := publish.NewHandler(issuer, publish.HandlerConfig{})
//	store(issuer.Bytes())                                 // and publish.Parse the next time
//
// # The life of a key
//
//   - [Issuer.Add]: it signs.
//   - [Issuer.Retire]: it signs no more, and what it signed stays good. The document does
//     not change, since it has no member for this. The date of an end, expires, is not
//     one: verifiers compare it with now and not with when a credential was signed, so that
//     every badge of the key would fail as key-retired on that day. That nobody signs with
//     the key is the issuer's own affair, which Issuer keeps ([Issuer.Bytes]); destroy the
//     private key.
//   - [Issuer.Revoke]: nothing that it signed is good any more. It is for a key that
//     somebody else may have; what was signed with it is to be issued anew.
//   - [Issuer.RollOver]: a new key signs, those before are retired. It is for each year, and
//     for a key that is lost.
//
// A key is never taken out of the document, and a name never used twice: verifiers would
// call the key unknown instead of retired, and a credential would name another key than
// the one that signed it.
//
// [Check] goes through what is issued and tells what a change costs. docs/keys.md is the
// guide.
//
// No private key comes into this package. A document with one in it is refused.
package publish
