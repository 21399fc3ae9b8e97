package schema_test

import (
	"context"
	"fmt"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/schema"
)

// Package vc/verify does this after the proof of the credential. Whoever calls Check
// alone takes every state but the first two below as "not known".
func ExampleCheck() {
	pack, err := fetch.ParsePack([]byte(`{"https://pool.example/schemas/swimming.json": {
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"properties": {"credentialSubject": {"required": ["distance"], "properties": {"distance": {"type": "integer"}}}}
	}}`))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, subject := range []string{`{"distance": 400}`, `{"distance": "far"}`} {
		credential, err := vc.Parse([]byte(`{"issuer": "https://pool.example/issuer", "credentialSubject": ` + subject + `,
			"credentialSchema": {"id": "https://pool.example/schemas/swimming.json", "type": "JsonSchema"}}`))
		if err != nil {
			fmt.Println(err)
			return
		}
		result := schema.Check(context.Background(), credential, schema.Options{Fetcher: pack})
		for _, e := range result.Entries {
			switch e.State {
			case schema.StateFits, schema.StateRules:
				fmt.Println(e.ID, e.State)
			case schema.StateMisfits:
				fmt.Println(e.Problems[0].Pointer, e.Problems[0].Found)
			default:
				fmt.Println("not known:", e.Problems[0])
			}
		}
	}
	// Output:
	// https://pool.example/schemas/swimming.json fits
	// /credentialSubject/distance type: expected integer, but got string
}

// The schemas that 1EdTech publishes are a list of names.
func ExamplePublished() {
	class, ok := schema.Published("https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json")
	fmt.Println(class, ok)
	class, ok = schema.Published("https://purl.imsglobal.org/spec/ob/v3p0/schema/json/made_up.json")
	fmt.Println(class, ok)
	// Output:
	// AchievementCredential true
	//  false
}
