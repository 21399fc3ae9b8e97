package format

import (
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
)

// openBadges tells the documents of Open Badges 0.5 to 2.1 by their context, else by
// their type, else by the members that those before 1.1 have.
func openBadges(root, context, types jsonx.Value) Kind {
	switch {
	case names(context, "w3id.org/openbadges/v1", "openbadgespec.org/v1", "standard.openbadges.org/1.1/"):
		return OpenBadges11
	case names(context, "w3id.org/openbadges/v2", "openbadgespec.org/v2", "purl.imsglobal.org/spec/ob/v2p"):
		return openBadges2(types)
	case holds(types, "Assertion"), holds(types, "BadgeClass"):
		return openBadges2(types)
	case context.Exists(), types.Exists():
		return Unknown
	}
	badge, recipient := root.Get("badge"), root.Get("recipient")
	has := func(name string) bool { return root.Get(name).Kind() == jsonx.String }
	switch {
	case recipient.Exists() && badge.Kind() == jsonx.Object:
		return OpenBadges05
	case recipient.Exists() && badge.Kind() == jsonx.String && root.Get("verify").Exists():
		return OpenBadges10
	case has("criteria") && has("image") && has("issuer"):
		return OpenBadges10 // a BadgeClass
	}
	return Unknown
}

// OpenBadges2 reports whether the kind is a document of Open Badges 2.0 or 2.1.
func (k Kind) OpenBadges2() bool { return k >= OpenBadges2 && k <= OpenBadges2Profile }

func openBadges2(types jsonx.Value) Kind {
	switch {
	case holds(types, "Assertion"):
		return OpenBadges2Assertion
	case holds(types, "BadgeClass"):
		return OpenBadges2BadgeClass
	case holds(types, "Profile"), holds(types, "Issuer"):
		return OpenBadges2Profile
	}
	return OpenBadges2
}

// clr1 tells a record of CLR 1.0, and a set of them.
func clr1(root, context, types jsonx.Value) Kind {
	object := func(name string) bool { return root.Get(name).Kind() == jsonx.Object }
	if names(context, "purl.imsglobal.org/spec/clr/v1p0", "clr_v1p0") || holds(types, "Clr") || holds(types, "ClrSet") ||
		object("learner") && object("publisher") {
		return CLR1
	}
	return Unknown
}

// isBlockcerts tells the certificates of Blockcerts: those of v3 are credentials all of
// whose proofs are of the Merkle kind, those of v2 Open Badges with such a signature, and
// those before have members of their own.
func isBlockcerts(root, context, types jsonx.Value) bool {
	object := func(name string) bool { return root.Get(name).Kind() == jsonx.Object }
	if names(context, "w3id.org/blockcerts/") || holds(types, "BlockcertsCredential") {
		proof := root.Get("proof")
		return isMerkle(proof) || !proof.Exists() && (object("signature") || object("receipt"))
	}
	return holds(types, "BlockchainCertificate") && object("document") ||
		object("certificate") && object("assertion") && object("recipient")
}

// isMerkle reports whether there are proofs and all are anchored in a blockchain.
func isMerkle(proofs jsonx.Value) bool {
	any := false
	for p := range proofs.All() {
		if !strings.HasPrefix(jsonx.Content(p.Get("type").Single()), "Merkle") {
			return false
		}
		any = true
	}
	return any
}

// caseDocument tells what a CASE service gives out (CASE 1.0, 5).
func caseDocument(root, context, _ jsonx.Value) Kind {
	if context.Exists() && !names(context, "purl.imsglobal.org/spec/case/", "imsglobal.org/case") {
		return Unknown
	}
	array := func(name string) bool { return root.Get(name).Kind() == jsonx.Array }
	if root.Get("CFDocument").Kind() == jsonx.Object || root.Get("CFPackageURI").Exists() || root.Get("CFDocumentURI").Exists() ||
		array("CFDocuments") || array("CFItems") || array("CFAssociations") {
		return CASE
	}
	return Unknown
}
