package codes_test

import (
	"github.com/laurel-edu/laurel/did/publish"
	"github.com/laurel-edu/laurel/vc"
)

// importing is a row about a document that somebody wrote by hand, to be published.
func importing(code vc.Code, input, document string) row {
	return row{code, "to publish " + input, func(*desk) []*vc.Problem {
		_, err := publish.Import([]byte(document))
		return of(err)
	}}
}

var publishRows = []row{
	importing(publish.CodeSecret, "a document with the private half of a key",
		`{"id":"@web","x":[{"kty":"OKP","crv":"Ed25519","d":"nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"}]}`),
	importing(publish.CodeNotServed, "the document of a did:key", `{"id":"did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"}`),
	{publish.CodeState, "a document where the state of an issuer belongs", func(*desk) []*vc.Problem {
		_, err := publish.Parse([]byte(`{"id":"did:web:school.example"}`))
		return of(err)
	}},
}
