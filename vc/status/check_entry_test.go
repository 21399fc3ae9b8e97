package status_test

import (
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/status"
)

// Each case changes one thing of a good entry (Bitstring Status List 1.0, 2.1).
func TestCheckEntry(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(*vc.CredentialStatus)
		want  []string
	}{
		{"as it should be", func(*vc.CredentialStatus) {}, nil},
		{"no type", func(e *vc.CredentialStatus) { e.Type = vc.OneOrMany[string]{} }, []string{"error member-missing /type"}},
		{"a type of one's own", func(e *vc.CredentialStatus) { e.Type = vc.One("MyStatus") }, []string{"warning status-type-not-supported /type"}},
		{"a type by its IRI", func(e *vc.CredentialStatus) {
			e.Type = vc.One("https://www.w3.org/ns/credentials/status#BitstringStatusListEntry")
		},
			[]string{"error status-entry-malformed /type"}},
		{"an id that is no URI", func(e *vc.CredentialStatus) { e.ID = "7" }, []string{"error iri-not-absolute /id"}},
		{"the list's URL for an id", func(e *vc.CredentialStatus) { e.ID = e.StatusListCredential }, []string{"warning status-entry-id-is-list /id"}},
		{"no purpose", func(e *vc.CredentialStatus) { e.StatusPurpose = "" }, []string{"error status-entry-malformed "}},
		{"no list", func(e *vc.CredentialStatus) { e.StatusListCredential = "" }, []string{"error status-entry-malformed "}},
		{"an index in words", func(e *vc.CredentialStatus) { e.StatusListIndex = "x" }, []string{"error status-index-malformed /statusListIndex"}},
		{"an index with a sign", func(e *vc.CredentialStatus) { e.StatusListIndex = "-3" }, []string{"error status-index-malformed /statusListIndex"}},
		{"an index with a leading zero", func(e *vc.CredentialStatus) { e.StatusListIndex = "010" }, []string{"error status-index-malformed /statusListIndex"}},
		{"no width", func(e *vc.CredentialStatus) { e.Extra = vc.Extra{"statusSize": jsontext.Value("0")} }, []string{"error status-size-invalid /statusSize"}},
		{"two bits without words", func(e *vc.CredentialStatus) { e.Extra = vc.Extra{"statusSize": jsontext.Value("2")} }, []string{"warning status-message-missing "}},
		{"two bits and two words", func(e *vc.CredentialStatus) {
			e.Extra = vc.Extra{"statusSize": jsontext.Value("2"), "statusMessage": jsontext.Value(`[{"status":"0x0","message":"a"},{"status":"0x1","message":"b"}]`)}
		}, []string{"error status-message-invalid /statusMessage"}},
		{"the list of 1EdTech", func(e *vc.CredentialStatus) {
			*e = vc.CredentialStatus{ID: "https://harbour.example/revoked", Type: vc.One("1EdTechRevocationList")}
		}, []string{"warning status-type-deprecated /type", "warning status-list-unsigned /id"}},
	} {
		entry := vc.CredentialStatus{Type: vc.One("BitstringStatusListEntry"), StatusPurpose: "revocation", StatusListIndex: "7", StatusListCredential: "https://harbour.example/status/1"}
		c.spoil(&entry)
		var got []string
		for _, f := range status.CheckEntry(entry) {
			got = append(got, f.Severity.String()+" "+string(f.Code)+" "+f.Pointer)
		}
		require.Equal(t, c.want, got, c.name)
	}
}
