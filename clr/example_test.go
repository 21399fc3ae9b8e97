package clr_test

import (
	"fmt"
	"time"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
)

func ExampleNewClrCredential() {
	// A badge that was issued and signed earlier: bytes, taken as they are.
	badge := []byte(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",
		"type": ["VerifiableCredential", "OpenBadgeCredential"],
		"issuer": {"id": "did:web:harbour.example", "type": ["Profile"]},
		"validFrom": "2026-01-01T00:00:00Z",
		"credentialSubject": {
			"id": "did:example:holder",
			"type": ["AchievementSubject"],
			"achievement": {
				"id": "urn:knots", "type": ["Achievement"], "name": "Knots", "description": "Ties knots.",
				"criteria": {"narrative": "Tie twelve."}
			}
		}
	}`)
	programme := ob.NewAchievement("Seamanship", "The whole programme.", "Pass all parts.")
	record := clr.NewClrCredential(clr.Record{
		Issuer:       ob.Profile{ID: "did:web:harbour.example", Name: vc.Plain("Harbour School of Seamanship")},
		Learner:      ob.Recipient{ID: "did:example:holder"},
		Name:         vc.Plain("Record of Jonas Lot"),
		Credentials:  [][]byte{badge},
		Achievements: []ob.Achievement{programme},
		Associations: []clr.Association{clr.Associate("urn:knots", clr.IsPartOf, programme.ID)},
		ValidFrom:    time.Date(2026, time.February, 1, 0, 0, 0, 0, time.UTC),
	})
	fmt.Println(record.ValidFrom, len(record.Check()))
	// Output: 2026-02-01T00:00:00Z 0
}
