package verify_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/did/didkey"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// byDID is the badge of a school under a DID, by its key "#key".
func byDID(t *testing.T, school issuer, id string) []byte {
	return school.sign(t, badge(t, id), func(o *dataintegrity.SignOptions) { o.VerificationMethod = id + "#key" })
}

// documentOf lists the school's key in the document of id.
func documentOf(school issuer, id string) string {
	return `{"id":"` + id + `","verificationMethod":[` + school.listed(id+"#key", id) + `],"assertionMethod":["` + id + `#key"]}`
}

// unasked is a resolver that must not be asked.
func unasked(t *testing.T) did.Resolver {
	return did.ResolverFunc(func(_ context.Context, id string) (*did.Document, error) {
		t.Error("asked for " + id)
		return nil, did.NewError(did.CodeNotFound, "", nil)
	})
}

// A trust pack answers for a DID of any method, with or without a resolver for it, and
// what it holds is not asked for elsewhere.
func TestPackAnswersForAnyDID(t *testing.T) {
	school := edIssuer(t, 1)
	for _, id := range []string{"did:indy:riverside:test:Y4zmgeL7gnnKY5MtdhPvTz", "did:ion:abc", "did:web:school.example",
		"did:velocity:v2:0xabc:1:2"} {
		signed, held := byDID(t, school, id), pack(t, `{"`+id+`":`+documentOf(school, id)+`}`)
		for _, c := range []verify.Config{
			{Fetcher: held}, {Fetcher: held, Resolver: unasked(t)}, {Fetcher: fetch.Layered(held, down{})},
		} {
			r := inspect(t, signed, c)
			require.Equal(t, verify.VerdictVerified, r.Verdict, "%s %v", id, r.Problems())
		}
		for document, code := range map[string]vc.Code{
			documentOf(school, "did:indy:other"):                     vc.Code(did.CodeDocumentID),
			documentOf(edIssuer(t, 9), id):                           proof.CodeSignature,
			`{"id":"` + id + `","assertionMethod":[]}`:               verify.CodeKeyNotFound,
			`{"id":"` + id + `","deactivated":true}`:                 vc.Code(did.CodeDeactivated),
			`{"id":"` + id + `","assertionMethod":"` + id + `#key"}`: verify.CodeControllerDocument,
		} {
			r := inspect(t, signed, verify.Config{Fetcher: pack(t, `{"`+id+`":`+document+`}`)})
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, document)
			require.Equal(t, []vc.Code{code}, r.Codes(), document)
		}
	}
}

// A did:key states its key itself: a pack cannot give it another.
func TestPackDoesNotReplaceADIDKey(t *testing.T) {
	school, other := edIssuer(t, 1), edIssuer(t, 2)
	id := school.did
	held := pack(t, `{"`+id+`":{"id":"`+id+`","assertionMethod":[`+other.listed(school.method, id)+`]}}`)
	for _, c := range []verify.Config{{Fetcher: held}, {Fetcher: held, Resolver: did.Mux{"key": didkey.Resolver{}}}} {
		r := inspect(t, other.sign(t, badge(t, id), func(o *dataintegrity.SignOptions) { o.VerificationMethod = school.method }), c)
		require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	}
}

// A document that was recorded under the URL of a key in it is that document: its
// culprits are its own, and it states nothing for its operator.
func TestDocumentUnderAFragment(t *testing.T) {
	school := edIssuer(t, 1)
	for _, id := range []string{"did:indy:abc", "did:web:school.example", "https://school.example/issuer"} {
		signed := byDID(t, school, id)
		under := func(document string) verify.Config {
			return verify.Config{Fetcher: pack(t, `{"`+id+`#key":`+document+`}`)}
		}
		r := inspect(t, signed, under(documentOf(school, id)))
		require.Equal(t, verify.VerdictVerified, r.Verdict, "%s %v", id, r.Problems())
		r = inspect(t, signed, under(school.listed(id+"#key", id)))
		require.Equal(t, verify.VerdictVerified, r.Verdict, "the control: an operator's statement")

		for document, code := range map[string]vc.Code{
			documentOf(school, "https://other.example/"):                                      vc.Code(did.CodeDocumentID),
			`{"id":"` + id + `","verificationMethod":[` + school.listed(id+"#key", id) + `]}`: verify.CodeKeyRelationship,
			`{"id":"` + id + `"}`: verify.CodeKeyNotFound,
			`{"id":"` + id + `","assertionMethod":[],"deactivated":true}`: vc.Code(did.CodeDeactivated),
		} {
			r := inspect(t, signed, under(document))
			require.Equal(t, verify.VerdictNotVerified, r.Verdict, document)
			require.Equal(t, []vc.Code{code}, r.Codes(), "%s %v", document, r.Problems())
		}
	}
}
