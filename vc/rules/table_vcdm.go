package rules

import "github.com/laurel-edu/laurel/internal/shape"

// credentialFacts is the Verifiable Credentials Data Model, 2.0 and 1.1: the
// envelope of any credential, the nodes that every kind of credential shares,
// and presentations.
func credentialFacts() []shape.Class {
	return []shape.Class{
		{Name: "VerifiableCredential", Type: "VerifiableCredential", Check: checkCredential20,
			Variant: byVersion("VerifiableCredentialv1p1"), Members: []shape.Member{
				context(), uri("id"), types(), text("name"), text("description"), absent(CodeIssuerMissing, req(ref("issuer", "Issuer"))),
				form("validFrom", formatDateTimeZ), form("validUntil", formatDateTimeZ),
				absent(CodeSubjectMissing, req(anything("credentialSubject"))),
				compact(object("credentialStatus", "CredentialStatus")), compact(object("credentialSchema", "CredentialSchema")),
				compact(object("refreshService", "Typed")), compact(object("termsOfUse", "TermsOfUse")),
				compact(object("evidence", "Typed")),
				compact(object("proof", "Proof")), compact(object("relatedResource", "RelatedResource")),
				compact(object("confidenceMethod", "Typed")), compact(object("renderMethod", "Typed")),
			}},
		{Name: "VerifiableCredentialv1p1", Type: "VerifiableCredential", Check: checkCredential11, Members: []shape.Member{
			context(), uri("id"), types(), absent(CodeIssuerMissing, req(ref("issuer", "Issuer"))),
			absent(CodeValidFromMissing, req(form("issuanceDate", formatDateTime))), form("expirationDate", formatDateTime),
			absent(CodeSubjectMissing, req(anything("credentialSubject"))),
			compact(object("credentialStatus", "CredentialStatusv1p1")), compact(object("credentialSchema", "CredentialSchema")),
			compact(object("refreshService", "RefreshService")), compact(object("termsOfUse", "TermsOfUse")),
			compact(object("evidence", "Typed")),
			compact(object("proof", "Proof")),
		}},
		{Name: "VerifiablePresentation", Type: "VerifiablePresentation", Check: checkPresentation20,
			Variant: byVersion("VerifiablePresentationv1p1"), Members: []shape.Member{
				context(), uri("id"), types(), ref("holder", "Holder"),
				compact(shape.Member{Name: "verifiableCredential", Class: nestedCredential}),
				compact(object("proof", "Proof")), compact(object("termsOfUse", "TermsOfUse")),
			}},
		{Name: "VerifiablePresentationv1p1", Type: "VerifiablePresentation", Check: checkPresentation11, Members: []shape.Member{
			context(), uri("id"), types(), ref("holder", "Holder"),
			compact(shape.Member{Name: "verifiableCredential", Class: nestedCredential}), compact(object("proof", "Proof")),
		}},
		{Name: "EnvelopedVerifiableCredential", Type: "EnvelopedVerifiableCredential", Check: checkEnveloped, Members: []shape.Member{
			context(), req(form("id", formatEnvelope)), types(),
		}},
		{Name: "EnvelopedVerifiablePresentation", Type: "EnvelopedVerifiablePresentation", Check: checkEnveloped,
			Members: []shape.Member{
				context(), req(form("id", formatEnvelope)), types(),
			}},
		{Name: "Issuer", Members: []shape.Member{req(uri("id")), text("name"), text("description")}},
		{Name: "Holder", Members: []shape.Member{req(uri("id"))}},
		{Name: "Typed", Members: []shape.Member{uri("id"), types()}},
		{Name: "CredentialStatus", Members: append([]shape.Member{uri("id"), types()}, statusEntry()...)},
		{Name: "CredentialStatusv1p1", Members: append([]shape.Member{req(uri("id")), types()}, statusEntry()...)},
		{Name: "CredentialSchema", Members: []shape.Member{req(uri("id")), types()}},
		{Name: "RefreshService", Members: []shape.Member{req(uri("id")), types()}},
		{Name: "TermsOfUse", Members: []shape.Member{uri("id"), types()}},
		{Name: "RelatedResource", Check: checkRelatedResource, Members: []shape.Member{
			req(uri("id")), str("digestSRI"), compact(str("digestMultibase")), str("mediaType"),
		}},
		{Name: "Proof", Members: []shape.Member{
			uri("id"), types(), str("created"), str("expires"), str("cryptosuite"), str("challenge"),
			compact(str("domain")), str("nonce"), str("proofPurpose"), str("proofValue"),
			{Name: "verificationMethod", Kind: shape.Ref, Class: "Typed"},
		}},
	}
}

// statusEntry are the members of the published kinds of status entry (Bitstring
// Status List 1.0, 2.1; Status List 2021, 4.1). Which of them an entry needs, and
// of what form they are, is for whoever reads the entry.
func statusEntry() []shape.Member {
	return []shape.Member{
		sole("statusPurpose"), sole("statusListIndex"), sole("statusListCredential"), sole("statusSize"),
		anything("statusMessage"), anything("statusReference"),
	}
}

// sole is a member with one value, of whatever kind.
func sole(name string) shape.Member { return shape.Member{Name: name, Sole: true} }

// anything is a member whose value a Check judges.
func anything(name string) shape.Member { return shape.Member{Name: name} }
