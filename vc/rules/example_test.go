package rules_test

import (
	"fmt"

	"github.com/laurel-edu/laurel/vc/rules"
)

func ExampleCheckJSON() {
	findings, err := rules.CheckJSON([]byte(`{
		"@context": ["https://www.w3.org/ns/credentials/v2", "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
		"id": "urn:uuid:6b3d8c64-3f0a-4e0c-9d2f-0a9a3f2c8f11",
		"type": ["VerifiableCredential", "OpenBadgeCredential"],
		"issuer": "https://harbour.example/issuer",
		"validFrom": "2026-01-01",
		"credentialSubject": {
			"id": "did:example:holder",
			"type": "AchievementSubject",
			"achievement": {"id": "urn:a", "type": "Achievement", "name": "Knots", "description": "Ties knots."}
		}
	}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, f := range findings {
		fmt.Printf("%s: %s\n", f.Severity, f)
	}
	// Output:
	// error: datetime-malformed at /validFrom: the value is not a date and time (found "2026-01-01", expected a date and time with its zone); write it as 2026-01-01T00:00:00Z
	// error: criteria-missing at /credentialSubject/achievement/criteria: the achievement does not say what it takes (expected an object, Criteria); add criteria, with an id or a narrative
}
