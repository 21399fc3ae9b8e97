package ob2

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/format"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// Context is the context of Open Badges 2.0, which 2.1 kept.
const Context = "https://w3id.org/openbadges/v2"

// Class is a class of Open Badges 2. The zero Class is none of them.
type Class string

// The classes of documents that stand by themselves.
const (
	ClassAssertion        Class = "Assertion"
	ClassBadgeClass       Class = "BadgeClass"
	ClassProfile          Class = "Profile" // Issuer among them
	ClassEndorsement      Class = "Endorsement"
	ClassCryptographicKey Class = "CryptographicKey"
	ClassRevocationList   Class = "RevocationList"
	ClassCriteria         Class = "Criteria"
	ClassEvidence         Class = "Evidence"
	ClassImage            Class = "Image"
	ClassAlignmentObject  Class = "AlignmentObject"
)

// Document is one document of Open Badges 2 as it arrived: parsed, in the form of the
// standard, and not believed. It is immutable and safe for concurrent use.
type Document struct {
	doc      *vc.Document
	root     jsonx.Value // in the terms of the standard
	class    Class
	place    string // where a service that only redirects led to; "" where its address stands for it
	warnings []*vc.Problem
}

// limits of one document. Badges link what is large; four of five are below 4 KiB.
const (
	maxDocument = 4 << 20
	maxToken    = 1 << 20
)

// Read reads a document: JSON, or a compact JWS whose payload it is. One that is written
// with other terms of JSON-LD is brought into those of the standard. Every error is a
// [*vc.Problem]; of what is recognised as something else, a badge of an older or a newer
// standard among them, it says what that is.
func Read(b []byte) (*Document, error) {
	limits := vc.ParseConfig{MaxBytes: maxDocument, MaxRecordBytes: maxDocument, MaxTokenBytes: maxToken}
	parsed, err := door.Taking(limits, format.OtherOB2).Parse(b)
	if err != nil {
		return nil, err
	}
	root := door.Root(parsed)
	if format.Of(root) == format.Credential && !isOlder(root) || parsed.Token() != nil && parsed.Token().VCClaim() {
		return nil, problem(CodeNotOpenBadges2, "", "", "")
	}
	d := &Document{doc: parsed, root: root}
	if err := d.normalize(); err != nil {
		return nil, err
	}
	d.class = classOf(d.root)
	return d, nil
}

// isOlder reports whether an object with a mark of a credential lists the context of Open
// Badges 2 all the same.
func isOlder(root jsonx.Value) bool {
	return slices.Contains(jsonx.Texts(root.Get("@context")), Context) && !door.HasType(root, "VerifiableCredential")
}

// Class returns the class that the document says it is of, "" where that is none of the
// standard's.
func (d *Document) Class() Class { return d.class }

// ID returns the id of the document, "" where it has none.
func (d *Document) ID() vc.IRI { return vc.IRI(jsonx.Content(d.root.Get("id"))) }

// Signed reports whether the document came as a compact JWS. The signature was not checked.
func (d *Document) Signed() bool { return d.doc.Token() != nil }

// Bytes returns the bytes that were read. They must not be changed.
func (d *Document) Bytes() []byte { return d.doc.Bytes() }

// JSON returns the document in the terms of the standard: what came, the payload of the
// token, or what other JSON-LD was brought into. It must not be changed.
func (d *Document) JSON() []byte { return d.root.Raw() }

// Warnings returns what is off about the form without being wrong.
func (d *Document) Warnings() []*vc.Problem { return d.warnings }

// Decode reads the document into a model, such as an [*Assertion]. Errors are
// [*vc.Problem]s.
func (d *Document) Decode(into any) error { return vc.Unmarshal(d.root.Raw(), into) }

// classes are the classes by the names of their types.
var classes = map[string]Class{
	"Assertion": ClassAssertion, "BadgeClass": ClassBadgeClass, "Profile": ClassProfile, "Issuer": ClassProfile,
	"Endorsement": ClassEndorsement, "CryptographicKey": ClassCryptographicKey, "Key": ClassCryptographicKey,
	"RevocationList": ClassRevocationList, "Criteria": ClassCriteria, "Evidence": ClassEvidence, "Image": ClassImage,
	"AlignmentObject": ClassAlignmentObject,
}

// classOf is the class by the first type that names one.
func classOf(v jsonx.Value) Class {
	for _, name := range jsonx.Texts(v.Get("type")) {
		if c, ok := classes[name]; ok {
			return c
		}
	}
	return ""
}
