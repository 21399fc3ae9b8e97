package codes_test

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob/ob2"
	"github.com/laurel-edu/laurel/vc"
)

// older is a row about a badge of Open Badges 2 of a school whose documents are changed before.
func older(code vc.Code, input string, change func(o *school.Old) []byte) row {
	return row{code, input, func(*desk) []*vc.Problem {
		o := school.NewOld()
		b := change(o)
		v, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock})
		if err != nil {
			return of(err)
		}
		r := v.Inspect(context.Background(), b, ob2.Options{Recipients: []ob2.Identity{{Type: "email", Value: "beth@example.org"}}})
		all := append(r.Problems(), r.Warnings()...)
		for _, c := range r.Checks {
			if c.Advisory {
				all = append(all, c.Problems...)
			}
		}
		return all
	}}
}

// republished is one whose document at an address has another value, as JSON, of a member; none
// where it is empty.
func republished(url, name, value string) func(o *school.Old) []byte {
	return func(o *school.Old) []byte {
		delete(o.At[url], name)
		if value != "" {
			o.At[url][name] = parsedJSON(value)
		}
		return o.Text(school.OldAssertion)
	}
}

func parsedJSON(text string) (v any) {
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		panic(err) // a row of the table
	}
	return v
}

func upgraded(code vc.Code, input, name, value string) row {
	return row{code, "to carry over " + input, func(*desk) []*vc.Problem {
		o := school.NewOld()
		republished(school.OldAssertion, name, value)(o)
		v, err := ob2.New(ob2.Config{Fetcher: o, Now: testkit.Clock})
		if err != nil {
			return of(err)
		}
		badge, err := v.Verify(context.Background(), o.Text(school.OldAssertion), ob2.Options{})
		if err != nil {
			return of(err)
		}
		_, lost, err := ob2.Upgrade(badge.Badge, ob2.UpgradeOptions{})
		return append(lost, of(err)...)
	}}
}

var olderRows = []row{
	older(ob2.CodeContextMissing, "an assertion without a context", republished(school.OldAssertion, "@context", "")),
	older(ob2.CodeContextUnknown, "an assertion with a context of its issuer's", republished(school.OldAssertion, "@context",
		`["https://w3id.org/openbadges/v2","https://school.example/context"]`)),
	older(ob2.CodeContextRedefines, "an assertion whose context says that narrative is the badge", republished(school.OldAssertion, "@context",
		`["https://w3id.org/openbadges/v2",{"narrative":"obi:badge"}]`)),
	older(ob2.CodeLinkedData, "an assertion whose id is a number, by the keyword", func(o *school.Old) []byte {
		o.At[school.OldAssertion]["@id"] = 7
		return o.Text(school.OldAssertion)
	}),
	older(ob2.CodeTooComplex, "an assertion by keywords with nine thousand values", func(o *school.Old) []byte {
		o.At[school.OldAssertion]["@graph"] = make([]int, 9000)
		return o.Text(school.OldAssertion)
	}),
	older(ob2.CodeTermDropped, "an assertion in other JSON-LD with a member of no context", func(o *school.Old) []byte {
		o.At[school.OldAssertion]["@id"] = school.OldAssertion
		delete(o.At[school.OldAssertion], "id")
		o.At[school.OldAssertion]["mood"] = "glad"
		return o.Text(school.OldAssertion)
	}),
	older(ob2.CodeNotOpenBadges2, "a credential", func(*school.Old) []byte {
		return []byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],"issuer":"did:web:school.example"}`)
	}),
	older(ob2.CodeType, "an assertion whose badge is an assertion", republished(school.OldAssertion, "badge", `"`+school.OldAssertion+`"`)),
	older(ob2.CodeMemberMissing, "an assertion without a recipient", republished(school.OldAssertion, "recipient", "")),
	older(ob2.CodeMemberMalformed, "an assertion with a date without a zone", republished(school.OldAssertion, "issuedOn", `"2024-05-01T10:00:00"`)),
	older(ob2.CodeVerificationType, "a signed badge without its signature",
		republished(school.OldAssertion, "verification", `{"type":"SignedBadge"}`)),
	older(ob2.CodeNotHosted, "an assertion that is no longer published", func(o *school.Old) []byte {
		b := o.Text(school.OldAssertion)
		delete(o.At, school.OldAssertion)
		return b
	}),
	older(ob2.CodeNotAtItsID, "an issuer that says that it is another", republished(school.OldIssuer, "id", `"`+school.OldCritic+`"`)),
	older(ob2.CodeMoved, "a badge class that names another address of its host", func(o *school.Old) []byte {
		o.At["https://school.example/badges/one"] = o.At[school.OldBadge]
		return republished(school.OldAssertion, "badge", `"https://school.example/badges/one"`)(o)
	}),
	older(ob2.CodeRedirected, "an issuer behind a redirect to another host", func(o *school.Old) []byte {
		o.Web.Put("https://evil.example/i", "application/json", o.Text(school.OldIssuer))
		delete(o.At, school.OldIssuer)
		o.Web.Redirect(school.OldIssuer, "https://evil.example/i")
		return o.Text(school.OldAssertion)
	}),
	older(ob2.CodeCopyDiffers, "a copy of an assertion, for another recipient", func(o *school.Old) []byte {
		b := string(o.Text(school.OldAssertion))
		return []byte(strings.Replace(b, `"salt":"deadsea"`, `"salt":"redsea"`, 1))
	}),
	older(ob2.CodeOutOfScope, "an assertion where its issuer publishes none",
		republished(school.OldIssuer, "verification", `{"allowedOrigins":"badges.example"}`)),
	older(ob2.CodeNoIssuer, "a badge class of an issuer without an address",
		republished(school.OldBadge, "issuer", `"urn:uuid:2d391246-6e0d-4dab-906c-b29770bd7aa6"`)),
	older(ob2.CodeKeyNotListed, "a signed badge of an issuer without keys", func(o *school.Old) []byte {
		republished(school.OldIssuer, "publicKey", "")(o)
		return o.Signed(nil)
	}),
	older(ob2.CodeKeyOwner, "a signed badge by a key of somebody else", func(o *school.Old) []byte {
		o.At[school.OldIssuer]["publicKey"].(map[string]any)["owner"] = school.OldCritic
		return o.Signed(nil)
	}),
	older(ob2.CodeKeyMalformed, "a signed badge by a key that is none", func(o *school.Old) []byte {
		o.At[school.OldIssuer]["publicKey"].(map[string]any)["publicKeyPem"] = "-----BEGIN CERTIFICATE-----"
		return o.Signed(nil)
	}),
	older(ob2.CodeRevoked, "an assertion on the revocation list", republished(school.OldList, "revokedAssertions",
		`[{"id":"`+school.OldAssertion+`","revocationReason":"a mistake"}]`)),
	older(ob2.CodeRevocationList, "an assertion whose issuer names the list of another", republished(school.OldList, "issuer", `"`+school.OldCritic+`"`)),
	older(ob2.CodeExpired, "an assertion that expired", republished(school.OldAssertion, "expires", `"2025-01-01T00:00:00Z"`)),
	older(ob2.CodeNotYetIssued, "an assertion of tomorrow", republished(school.OldAssertion, "issuedOn", `"2026-01-02T00:00:00Z"`)),
	older(ob2.CodeEndsBeforeIssued, "an assertion that ends before it begins", republished(school.OldAssertion, "expires", `"2020-01-01T00:00:00Z"`)),
	older(ob2.CodeRecipient, "an assertion that is Bob's and not Beth's", republished(school.OldAssertion, "recipient",
		`{"type":"email","hashed":false,"identity":"bob@example.org"}`)),
	older(ob2.CodeTooManyLinks, "a badge class with twenty endorsements", func(o *school.Old) []byte {
		o.At[school.OldBadge]["endorsement"] = []any{"a:1", "a:2", "a:3", "a:4", "a:5", "a:6", "a:7", "a:8", "a:9", "a:10", "a:11",
			"a:12", "a:13", "a:14", "a:15", "a:16", "a:17", "a:18", "a:19", "a:20"}
		return o.Text(school.OldAssertion)
	}),
	older(ob2.CodeEndorsement, "an issuer with an endorsement of its badge class",
		republished(school.OldIssuer, "endorsement", `"`+school.OldEndorsement+`"`)),
	older(ob2.CodeExtensionMisfits, "a badge class with a link to apply that is no link", republished(school.OldBadge, "extensions:ApplyLink",
		`{"@context":"https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
			"type":["Extension","extensions:ApplyLink"],"url":"at the office"}`)),
	older(ob2.CodeExtensionType, "a profile with an extension of another type than its context has", republished(school.OldIssuer, "extensions:ApplyLink",
		`{"@context":"https://w3id.org/openbadges/extensions/applyLinkExtension/context.json",
			"type":["Extension","extensions:Apply"],"url":"https://school.example/apply"}`)),
	older(ob2.CodeExtensionUnread, "an assertion with an extension", republished(school.OldAssertion, "narrative", "")),
	older(ob2.CodeNotHTTPS, "an assertion of an issuer that is not at https", func(o *school.Old) []byte {
		const old = "http://school.example/issuer"
		o.At[old] = o.At[school.OldIssuer]
		o.At[old]["id"] = old
		delete(o.At[old], "revocationList")
		return republished(school.OldBadge, "issuer", `"`+old+`"`)(o)
	}),
	upgraded(ob2.CodeNotCarried, "a version of an assertion", "version", `"2"`),
	upgraded(ob2.CodeCarriedOtherwise, "a date in another zone", "issuedOn", `"2024-05-01T10:00:00+02:00"`),
}
