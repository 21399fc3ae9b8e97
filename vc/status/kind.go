package status

import (
	"slices"

	"github.com/laurel-edu/laurel/internal/jsonx"
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
	minimum   bool   // Config.MinEntries applies
}

// The types of entry that are read. They are never written to.
var (
	bitstringKind = &kind{entry: "BitstringStatusListEntry", list: "BitstringStatusListCredential", subject: "BitstringStatusList",
		url: "statusListCredential", index: "statusListIndex", purposed: true, sized: true, multibase: true, minimum: true}
	statusList2021Kind = &kind{entry: "StatusList2021Entry", list: "StatusList2021Credential", subject: "StatusList2021",
		url: "statusListCredential", index: "statusListIndex", purposed: true, minimum: true}
	revocationList2020Kind = &kind{entry: "RevocationList2020Status", list: "RevocationList2020Credential", subject: "RevocationList2020",
		url: "revocationListCredential", index: "revocationListIndex", anyBase64: true}
	revocationListKind = &kind{entry: "1EdTechRevocationList"}

	kinds = [...]*kind{bitstringKind, statusList2021Kind, revocationList2020Kind, revocationListKind}
)

// kindOf finds the first type of an entry that is known here; kind is nil where
// there is none. name is that type, else the first of all.
func kindOf(entry jsonx.Value) (k *kind, name string) {
	for _, t := range typesOf(entry) {
		if name == "" {
			name = t
		}
		if i := slices.IndexFunc(kinds[:], func(k *kind) bool { return k.entry == t }); i >= 0 {
			return kinds[i], t
		}
	}
	return nil, name
}

// typesOf returns the strings of type.
func typesOf(v jsonx.Value) []string { return stringsOf(v.Get("type")) }

// stringsOf returns the strings of one or many.
func stringsOf(v jsonx.Value) []string {
	var all []string
	for _, t := range v.Items() {
		if t.Kind() == jsonx.String {
			all = append(all, t.Text())
		}
	}
	return all
}
