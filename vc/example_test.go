package vc_test

import (
	"fmt"

	"github.com/go-json-experiment/json/jsontext"

	"github.com/laurel-edu/laurel/vc"
)

// LibraryCard is a credential of a product's own kind: the envelope, what it says,
// and four methods that keep all that it does not know.
type LibraryCard struct {
	vc.Envelope[vc.Issuer]
	CredentialSubject Reader `json:"credentialSubject,omitzero" order:"before credentialSchema"`
}

// Reader is who may borrow books.
type Reader struct {
	ID    vc.IRI   `json:"id,omitzero"`
	Card  string   `json:"card,omitzero"`
	Extra vc.Extra `json:",embed"`
}

func (c LibraryCard) MarshalJSON() ([]byte, error)                   { return vc.Marshal(c) }
func (c LibraryCard) MarshalJSONTo(enc *jsontext.Encoder) error      { return vc.EncodeObject(enc, &c) }
func (c *LibraryCard) UnmarshalJSON(b []byte) error                  { return vc.Unmarshal(b, c) }
func (c *LibraryCard) UnmarshalJSONFrom(dec *jsontext.Decoder) error { return vc.DecodeObject(dec, c) }

func ExampleEnvelope() {
	card := LibraryCard{
		Envelope: vc.Envelope[vc.Issuer]{
			Context: vc.ContextURLs(vc.ContextV2, "https://library.example/context"),
			Type:    vc.Many("VerifiableCredential", "LibraryCard"),
			Issuer:  vc.RefTo[vc.Issuer]("did:web:library.example"),
		},
		CredentialSubject: Reader{ID: "did:example:ada", Card: "4711"},
	}
	text, err := vc.Marshal(card)
	if err != nil {
		fmt.Println(err)
		return
	}
	indented := jsontext.Value(text)
	_ = indented.Indent(jsontext.WithIndent("  "))
	fmt.Println(indented)

	var read LibraryCard
	if err := vc.Unmarshal([]byte(`{"issuer":{"id":"urn:i"},"credentialSubject":{"card":"4711","shelf":7}}`), &read); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(read.Issuer.Identifier(), read.CredentialSubject.Card, read.CredentialSubject.Extra.Names())
	// Output:
	// {
	//   "@context": [
	//     "https://www.w3.org/ns/credentials/v2",
	//     "https://library.example/context"
	//   ],
	//   "type": [
	//     "VerifiableCredential",
	//     "LibraryCard"
	//   ],
	//   "issuer": "did:web:library.example",
	//   "credentialSubject": {
	//     "id": "did:example:ada",
	//     "card": "4711"
	//   }
	// }
	// urn:i 4711 [shelf]
}

// A text reads in the languages of whoever looks at it.
func ExampleText() {
	var name vc.Text
	document := `[{"@value": "Keel laying", "@language": "en"}, {"@value": "Kiellegung", "@language": "de"}]`
	if err := vc.Unmarshal([]byte(document), &name); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(name)
	fmt.Println(name.In("de-CH", "fr"))
	fmt.Println(name.ValueIn("fr").Language)
	// Output:
	// Keel laying
	// Kiellegung
	// en
}

// A badge in several languages.
func ExampleNewText() {
	name := vc.NewText(
		vc.LanguageValue{Value: "Keel laying", Language: "en"},
		vc.LanguageValue{Value: "وضع العارضة", Language: "ar", Direction: "rtl"},
	)
	fmt.Println(name.In("ar"), name.ValueIn("ar").Direction)
	// Output:
	// وضع العارضة rtl
}
