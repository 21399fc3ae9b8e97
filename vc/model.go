package vc

import "github.com/go-json-experiment/json/jsontext"

// Contexts is the @context of a document: URLs, and objects for what stands
// inline. Their order is part of the meaning (VCDM 2.0, 4.3).
type Contexts = OneOrMany[Ref[Extra]]

// ContextURLs returns the @context that lists urls in this order.
func ContextURLs(urls ...IRI) Contexts {
	refs := make([]Ref[Extra], len(urls))
	for i, url := range urls {
		refs[i].ID = url
	}
	return Many(refs...)
}

// Envelope is what credentials of every kind have around their claims: the
// members of VCDM 2.0, with those of VCDM 1.1 for reading. I is what an issuer
// that is given in full is: an [Issuer], or a Profile in Open Badges.
//
// Each kind of credential embeds it, so that its members are the credential's own:
// c.ID, c.Issuer, c.Extra. A model of your own does the same, and adds its subject
// and the four methods of JSON, as the example shows.
type Envelope[I any] struct {
	Context          Contexts                    `json:"@context,omitzero"`
	ID               IRI                         `json:"id,omitzero"`
	Type             OneOrMany[string]           `json:"type,omitzero"`
	Name             Text                        `json:"name,omitzero"`
	Description      Text                        `json:"description,omitzero"`
	Issuer           Ref[I]                      `json:"issuer,omitzero"`
	ValidFrom        DateTime                    `json:"validFrom,omitzero"`
	ValidUntil       DateTime                    `json:"validUntil,omitzero"`
	IssuanceDate     DateTime                    `json:"issuanceDate,omitzero"`   // VCDM 1.1
	ExpirationDate   DateTime                    `json:"expirationDate,omitzero"` // VCDM 1.1
	CredentialSchema OneOrMany[CredentialSchema] `json:"credentialSchema,omitzero"`
	CredentialStatus OneOrMany[CredentialStatus] `json:"credentialStatus,omitzero"`
	RelatedResource  OneOrMany[RelatedResource]  `json:"relatedResource,omitzero"`
	RefreshService   OneOrMany[RefreshService]   `json:"refreshService,omitzero"`
	TermsOfUse       OneOrMany[TermsOfUse]       `json:"termsOfUse,omitzero"`
	Proof            OneOrMany[Proof]            `json:"proof,omitzero"`
	Extra            Extra                       `json:",embed"`
}

// Identifier implements [Identified].
func (e *Envelope[I]) Identifier() IRI { return e.ID }

// Credential is a verifiable credential of any kind. Claims stay as they were
// written. Package ob and package clr have the types of their credentials.
type Credential struct {
	Envelope[Issuer]  `order:"credentialStatus before credentialSchema"`
	CredentialSubject OneOrMany[jsontext.Value] `json:"credentialSubject,omitzero" order:"before credentialStatus"`
	Evidence          OneOrMany[Typed]          `json:"evidence,omitzero" order:"before proof"`
}

// Issuer is an issuer given in full (VCDM 2.0, 4.7).
type Issuer struct {
	ID          IRI               `json:"id,omitzero"`
	Type        OneOrMany[string] `json:"type,omitzero"`
	Name        Text              `json:"name,omitzero"`
	Description Text              `json:"description,omitzero"`
	URL         IRI               `json:"url,omitzero"`
	Extra       Extra             `json:",embed"`
}

// Identifier implements [Identified].
func (i *Issuer) Identifier() IRI { return i.ID }

// Typed is a node of which only id and type are known, such as evidence of any
// kind. What else it says is in Extra.
type Typed struct {
	ID    IRI               `json:"id,omitzero"`
	Type  OneOrMany[string] `json:"type,omitzero"`
	Extra Extra             `json:",embed"`
}

// Identifier implements [Identified].
func (t *Typed) Identifier() IRI { return t.ID }

// CredentialStatus is where the status of a credential is published: an entry
// of a status list (Bitstring Status List 1.0, 2.1) or a 1EdTechRevocationList
// (Open Badges 3.0). StatusListIndex is a string in the specification and a
// number in some documents; it is read as its digits.
type CredentialStatus struct {
	ID                   IRI               `json:"id,omitzero"`
	Type                 OneOrMany[string] `json:"type,omitzero"`
	StatusPurpose        string            `json:"statusPurpose,omitzero"`
	StatusListIndex      string            `json:"statusListIndex,omitzero"`
	StatusListCredential IRI               `json:"statusListCredential,omitzero"`
	Extra                Extra             `json:",embed"`
}

// CredentialSchema names a schema that the credential keeps (VCDM 2.0, 4.11).
type CredentialSchema = Typed

// RelatedResource is something that the credential refers to, such as an image or a
// context, with what its content hashes to (VCDM 2.0, 5.3). It has at least one digest, and
// its id stands once among the related resources of a credential. Package vc/verify
// compares the digests of what is at hand; what a product fetches later it compares itself.
type RelatedResource struct {
	ID              IRI               `json:"id,omitzero"`
	MediaType       string            `json:"mediaType,omitzero"`
	DigestSRI       string            `json:"digestSRI,omitzero"`       // Subresource Integrity, such as sha384-…
	DigestMultibase OneOrMany[string] `json:"digestMultibase,omitzero"` // Multihash in Multibase (Data Integrity 1.0, 2.6)
	Extra           Extra             `json:",embed"`
}

// Identifier implements [Identified].
func (r *RelatedResource) Identifier() IRI { return r.ID }

// RefreshService says where a newer state of the credential is had (VCDM 2.0, 5.4).
type RefreshService = Typed

// TermsOfUse is a policy under which the credential was issued (VCDM 2.0, 5.5).
type TermsOfUse = Typed

// Proof is an embedded proof as it stands in the document (Data Integrity 1.0,
// 2.1), believed by nobody. Verifying works on the bytes, never on this.
type Proof struct {
	ID                 IRI               `json:"id,omitzero"`
	Type               OneOrMany[string] `json:"type,omitzero"`
	Created            DateTime          `json:"created,omitzero"`
	Expires            DateTime          `json:"expires,omitzero"`
	Cryptosuite        string            `json:"cryptosuite,omitzero"`
	VerificationMethod Ref[Typed]        `json:"verificationMethod,omitzero"`
	ProofPurpose       string            `json:"proofPurpose,omitzero"`
	Domain             OneOrMany[string] `json:"domain,omitzero"`
	Challenge          string            `json:"challenge,omitzero"`
	Nonce              string            `json:"nonce,omitzero"`
	PreviousProof      OneOrMany[IRI]    `json:"previousProof,omitzero"`
	ProofValue         string            `json:"proofValue,omitzero"`
	JWS                string            `json:"jws,omitzero"` // the suites of 2018 to 2020
	Extra              Extra             `json:",embed"`
}
