package publish

import "github.com/laurel-edu/laurel/vc"

// Codes of documents that cannot be published. Those of package did tell the rest.
const (
	CodeSecret    vc.Code = "private-key-published"  // the document has a private key in it
	CodeNotServed vc.Code = "identifier-not-served"  // neither did:web nor an https URL: no document can be served for it
	CodeState     vc.Code = "issuer-state-malformed" // not what Issuer.Bytes wrote
)

// words are what each code says.
var words = vc.Words{
	CodeSecret: {
		Type: vc.TypeInvalidMethod, Message: "the document has a private key in it",
		Fix:  "take it out; where anybody could read the document, revoke the key and issue anew what it signed",
		Spec: "Controlled Identifiers 1.0, 2.2",
	},
	CodeNotServed: {
		Type: vc.TypeInvalidCIDID, Message: "the issuer's identifier is none for which a document can be served",
		Expected: "a did:web DID or an https URL without a fragment",
		Fix:      "choose such an identifier; a did:key or did:jwk is its own document", Spec: "Controlled Identifiers 1.0, 2.1",
	},
	CodeState: {
		Type: vc.TypeLaurel, Message: "the text is not the state of an issuer",
		Expected: "what Issuer.Bytes wrote",
		Fix:      "read a document by Import, and the state of keys from its own store", Spec: "a form of this library",
	},
}
