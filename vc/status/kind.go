package status

import (
	"slices"
	"strings"

	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/vc"
)

// kind is one type of status entry: the names of its members and the rules in
// which the types differ.
type kind struct {
	entry     string // type of the entry
	list      string // type of the list credential
	subject   string // type of the list
	url       string // member of the entry that names the list
	index     string // member of the entry that names the place
	purposed  bool   // entry and list have a statusPurpose
	sized     bool   // the entry may have statusSize and statusMessage
	multibase bool   // encodedList has the prefix u, and base64url alone will do
	anyBase64 bool   // the specification says just "base64"
	minimum   bool   // Options.MinEntries applies
}

// The types of entry that are read. They are never written to.
var (
	bitstringKind = &kind{entry: "BitstringStatusListEntry", list: "BitstringStatusListCredential", subject: "BitstringStatusList",
		url: "statusListCredential", index: "statusListIndex", purposed: true, sized: true, multibase: true, minimum: true}
	statusList2021Kind = &kind{entry: "StatusList2021Entry", list: "StatusList2021Credential", subject: "StatusList2021",
		url: "statusListCredential", index: "statusListIndex", purposed: true, minimum: true}
	revocationList2020Kind = &kind{entry: "RevocationList2020Status", list: "RevocationList2020Credential", subject: "RevocationList2020",
		url: "revocationListCredential", index: "revocationListIndex", anyBase64: true}
	revocationListKind = &kind{entry: "1EdTechRevocationList", url: "id"}

	kinds = [...]*kind{bitstringKind, statusList2021Kind, revocationList2020Kind, revocationListKind}
)

// sibling is the kind whose lists hold the same bits under other names, nil for none:
// issuers who move from one to the other do not always move entry and list together.
func (k *kind) sibling() *kind {
	switch k {
	case bitstringKind:
		return statusList2021Kind
	case statusList2021Kind:
		return bitstringKind
	}
	return nil
}

// kindsOf returns the kinds that an entry's types name, in the order of the table
// and not in that of the types, which nothing signs; name is the least of the types.
// The problem is a known type in another spelling: a holder can write it so in place
// of the name, and readers that do not know the spelling would ask nothing.
func kindsOf(entry jsonx.Value) (known []*kind, name string, p *vc.Problem) {
	types := typesOf(entry)
	slices.Sort(types)
	for _, t := range types {
		if name := spelled(t); name != "" {
			return nil, "", problem(CodeEntryMalformed, entry.Pointer()+"/type", vc.Quote(t), name)
		}
	}
	for _, k := range kinds {
		if slices.Contains(types, k.entry) {
			known = append(known, k)
		}
	}
	if len(types) > 0 {
		name = types[0]
	}
	return known, name, nil
}

// spelled returns the type of entry whose IRI, or compact IRI, a text is: one that
// ends in its name, whatever stands before. "" for its name and for other texts.
func spelled(text string) string {
	at := strings.LastIndexAny(text, "#/:")
	if at < 0 {
		return ""
	}
	for _, k := range kinds {
		if text[at+1:] == k.entry {
			return k.entry
		}
	}
	return ""
}

// typesOf returns the strings of type.
func typesOf(v jsonx.Value) []string { return jsonx.Texts(v.Get("type")) }
