package did_test

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/did"
)

// A product that knows its issuers resolves their documents from memory. The
// method is returned only where the document lists it for the use.
func ExampleRetrieve() {
	issuers, err := did.NewStatic([]byte(`{
	  "id": "did:web:school.example",
	  "verificationMethod": [{
	    "id": "did:web:school.example#key-1",
	    "type": "Multikey",
	    "controller": "did:web:school.example",
	    "publicKeyMultibase": "z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp"
	  }],
	  "assertionMethod": ["#key-1"]
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx, now := context.Background(), time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)

	method, _, err := did.Retrieve(ctx, did.Mux{"web": issuers}, "did:web:school.example#key-1", did.AssertionMethod, now)
	fmt.Println(method.Type, err)

	_, _, err = did.Retrieve(ctx, did.Mux{"web": issuers}, "did:web:school.example#key-1", did.Authentication, now)
	fmt.Println(errors.Is(err, &did.Error{Code: did.CodeRelationship}))
	// Output:
	// Multikey <nil>
	// true
}
