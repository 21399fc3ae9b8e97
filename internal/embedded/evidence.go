package embedded

import (
	"errors"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

// lostEvidence is an error for what was dropped from that by which a credential is
// judged, nil where only data were: who signed it, from when to when it holds, its
// status and schema, what it is, and what an id names. Without its id a node is not
// covered at all.
func lostEvidence(drops []jsonld.Drop, root jsonx.Value) error {
	var all []error
	for _, drop := range drops {
		if drop.Code == jsonld.DropEmpty || isEvidence(drop.At, root) {
			all = append(all, dropProblem(drop))
		}
	}
	return errors.Join(all...)
}

func isEvidence(at, root jsonx.Value) bool {
	if at.Kind() == jsonx.String && standsForCredential(at) {
		return true
	}
	for v := at; v.Exists() && v != root; v = v.Parent() {
		holder := v.Parent()
		if holder.Kind() != jsonx.Object {
			continue
		}
		switch v.Name() {
		case "issuer", "holder", "validFrom", "validUntil", "issuanceDate", "expirationDate", "credentialStatus",
			"credentialSchema", "proof", "@context":
			return true
		case "id", "@id":
			return true
		case "type", "@type":
			if holder == root || isCredential(holder) {
				return true
			}
		}
	}
	return false
}

// standsForCredential reports whether a text stands where a presentation has a credential: a
// token of data model 1.1, which makes no statement, so that anybody could add one.
func standsForCredential(v jsonx.Value) bool {
	if v.Parent().Kind() == jsonx.Array {
		v = v.Parent()
	}
	return v.Name() == "verifiableCredential"
}

// isCredential reports whether an object is an embedded credential or presentation,
// by its type or by where it stands.
func isCredential(v jsonx.Value) bool {
	if door.HasType(v, "VerifiableCredential") || door.HasType(v, "VerifiablePresentation") {
		return true
	}
	if v.Parent().Kind() == jsonx.Array {
		v = v.Parent()
	}
	return v.Name() == "verifiableCredential" || v.Name() == "endorsement"
}
