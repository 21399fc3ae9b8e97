package present

import (
	"encoding/base64"
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/embedded"
)

// Link is something by which two presentations can be told to be of one person, of one
// credential, or of one issuer: the same wherever it is shown.
type Link struct {
	Kind    LinkKind
	Value   string
	Pointer string // where it stands in the document that it was seen in
}

// LinkKind is what a link is. The zero value is none.
type LinkKind string

// The kinds of link.
const (
	LinkHolder     LinkKind = "holder"     // who presents
	LinkSubject    LinkKind = "subject"    // whom a credential is about
	LinkIdentity   LinkKind = "identity"   // an identifier of the learner, or the hash of one
	LinkCredential LinkKind = "credential" // the id of a credential
	LinkStatus     LinkKind = "status"     // its place in a status list
	LinkSignature  LinkKind = "signature"  // an issuer's, over a credential or over one statement of it
	LinkDigest     LinkKind = "digest"     // of an SD-JWT
	LinkSalt       LinkKind = "salt"       // of an SD-JWT
	LinkLabel      LinkKind = "label"      // of a nameless object, of ecdsa-sd-2023
	LinkHolderKey  LinkKind = "holder-key" // of the holder: that which presents, or that which a credential was given to
	LinkIssuer     LinkKind = "issuer"     // whose word a credential is: the same for all of its learners
	LinkIssuerKey  LinkKind = "issuer-key" // that signed a credential, or its statements
	LinkIdentifier LinkKind = "identifier" // of anything else: an achievement, a piece of evidence
)

// Links returns what would be the same in another presentation of the same credentials, in the
// order in which it is seen. What is made for one presentation alone is none: its challenge,
// its proof, its id, and those of a holder's own record. A text that few have links too: whoever
// is shown one rare grade twice may guess.
func (s *Seen) Links() []Link {
	var all []Link
	for d, l := range s.All() {
		if kind := d.kindOf(&l); kind != "" && l.Value != "" {
			all = append(all, Link{kind, l.Value, l.Pointer})
		} else if signatureName(&l) && !d.ownSignature(&l) {
			all = append(all, signatureLinks(&l)...)
		}
	}
	return all
}

// Linked returns the links of a that are in b too: by these whoever gets both can tell that
// they belong together, each once.
func Linked(a, b *Seen) []Link {
	type key struct {
		kind  LinkKind
		value string
	}
	known := map[key]bool{}
	for _, l := range b.Links() {
		known[key{l.Kind, l.Value}] = true
	}
	var all []Link
	for _, l := range a.Links() {
		if k := (key{l.Kind, l.Value}); known[k] {
			delete(known, k)
			all = append(all, l)
		}
	}
	return all
}

// made reports whether a document is made for one presentation alone.
func (s *Seen) made() bool { return s.own || s.presentation }

// ownSignature reports whether a value is part of the signature of a document that is made
// for one presentation.
func (s *Seen) ownSignature(l *Learned) bool {
	return s.made() && (l.Place == PlaceSignature || within(l.Pointer, "/proof"))
}

// kindOf is what kind of link a value is, "" for one that is none by itself.
func (s *Seen) kindOf(l *Learned) LinkKind {
	switch l.Place {
	case PlaceDigest:
		return LinkDigest
	case PlaceSalt:
		return LinkSalt
	case PlaceHeader:
		return s.inHeader(l.Pointer)
	case PlaceClaim:
		return s.inClaims(l.Pointer)
	case PlaceDocument:
		return s.inDocument(l)
	}
	return ""
}

func (s *Seen) inHeader(pointer string) LinkKind {
	if pointer != "/kid" && !within(pointer, "/jwk") {
		return ""
	}
	if s.made() {
		return LinkHolderKey
	}
	return LinkIssuerKey
}

func (s *Seen) inClaims(pointer string) LinkKind {
	switch {
	case within(pointer, "/cnf"):
		return LinkHolderKey
	case pointer == "/iss" && s.made():
		return LinkHolder
	case pointer == "/iss":
		return LinkIssuer
	case pointer == "/sub":
		return LinkSubject
	case pointer == "/jti" && !s.made():
		return LinkCredential
	}
	return ""
}

func (s *Seen) inDocument(l *Learned) LinkKind {
	name := lastStep(l.Pointer)
	switch {
	case within(l.Pointer, "/cnf"):
		return LinkHolderKey
	case name == "verificationMethod" && s.made() && within(l.Pointer, "/proof"):
		return LinkHolderKey
	case name == "verificationMethod":
		return LinkIssuerKey
	case name == "identityHash", name == "salt" && l.Member == "IdentityObject.salt":
		return LinkIdentity
	case strings.HasPrefix(l.Member, "CredentialStatus.") && name != "statusPurpose" && name != "type":
		return LinkStatus
	case name == "holder", l.Pointer == "/holder/id":
		return LinkHolder
	case name == "issuer":
		return s.party(l)
	case name == "id" && !(strings.HasPrefix(l.Value, "data:application/") && strings.HasSuffix(l.Value, ",")): // of an envelope
		return s.identifier(l)
	case slices.Contains(references, l.Member):
		return LinkIdentifier
	}
	return ""
}

// references are the members that name something by its id.
var references = []string{"Result.resultDescription", "Result.achievedLevel", "ResultDescription.requiredLevel",
	"Association.sourceId", "Association.targetId"}

// party is the issuer of a document: of one that the holder made, the holder.
func (s *Seen) party(l *Learned) LinkKind {
	if s.own && (l.Pointer == "/issuer" || l.Pointer == "/issuer/id") {
		return LinkHolder
	}
	return LinkIssuer
}

// identifier is what an id is of.
func (s *Seen) identifier(l *Learned) LinkKind {
	of := lastStep(strings.TrimSuffix(l.Pointer, "/id"))
	switch {
	case l.Pointer == "/id" && s.made(), within(l.Pointer, "/proof"):
		return ""
	case l.Pointer == "/id", isCredentialMember(l.Member):
		return LinkCredential
	case strings.HasSuffix(l.Member, "Subject.id"), of == "credentialSubject":
		return LinkSubject
	case of == "issuer":
		return s.party(l)
	}
	return LinkIdentifier
}

func isCredentialMember(member string) bool { return strings.HasSuffix(member, "Credential.id") }

func lastStep(pointer string) string { return pointer[strings.LastIndexByte(pointer, '/')+1:] }

// signatureName reports whether a value is the signature of somebody.
func signatureName(l *Learned) bool {
	name := lastStep(l.Pointer)
	return l.Place == PlaceSignature || l.Place == PlaceDocument && (name == "proofValue" || name == "jws")
}

// signatureLinks are those of a signature: of a derived proof, which differs with what is
// shown, the parts that stay the same.
func signatureLinks(l *Learned) []Link {
	v, err := embedded.ParseDerivedValue(l.Value)
	if err != nil {
		return []Link{{LinkSignature, l.Value, l.Pointer}}
	}
	text := base64.RawURLEncoding.EncodeToString
	all := []Link{{LinkSignature, text(v.Signature), l.Pointer}, {LinkIssuerKey, text(v.PublicKey), l.Pointer}}
	for _, s := range v.Signatures {
		all = append(all, Link{LinkSignature, text(s), l.Pointer})
	}
	for _, label := range v.Labels {
		all = append(all, Link{LinkLabel, text(label), l.Pointer})
	}
	return all
}
