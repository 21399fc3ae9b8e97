package clr_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/rules"
)

const subject = "/credentialSubject"

func newRecord(associations ...clr.Association) *clr.ClrCredential {
	return clr.NewClrCredential(clr.Record{
		Issuer:  ob.Profile{ID: "https://harbour.example/issuer"},
		Learner: ob.Recipient{ID: "did:example:holder-7"},
		Name:    vc.Plain("Record"),
		Credentials: [][]byte{[]byte(`{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential"],
			"issuer":"urn:i","credentialSubject":{"id":"did:example:holder-7"}}`)},
		Achievements: []ob.Achievement{
			{ID: "urn:a", Name: vc.Plain("A"), Description: vc.Plain("A"), Criteria: ob.Criteria{Narrative: vc.Plain("A")}},
			{ID: "urn:b", Name: vc.Plain("B"), Description: vc.Plain("B"), Criteria: ob.Criteria{Narrative: vc.Plain("B")}},
			{ID: "urn:c", Name: vc.Plain("C"), Description: vc.Plain("C"), Criteria: ob.Criteria{Narrative: vc.Plain("C")}},
			{ID: "urn:d", Name: vc.Plain("D"), Description: vc.Plain("D"), Criteria: ob.Criteria{Narrative: vc.Plain("D")}},
		},
		Associations: associations,
		ValidFrom:    testkit.Now,
	})
}

func TestNewRecordConforms(t *testing.T) {
	require.Empty(t, newRecord().Check())
	record := clr.NewClrCredential(clr.Record{
		Partial: true, Now: testkit.Clock,
		Status: &vc.CredentialStatus{ID: "https://x.example/r", Type: vc.One(ob.TypeRevocationList)},
	})
	require.True(t, *record.Partial)
	require.Equal(t, testkit.Now.Format(time.RFC3339), record.ValidFrom.String())
	require.Equal(t, vc.IRI(ob.ContextExtensions), record.Context.Items[3].ID)
}

func TestCircles(t *testing.T) {
	is := clr.Associate
	for _, c := range []struct {
		name         string
		associations []clr.Association
		circular     []int
	}{
		{"a tree", []clr.Association{
			is("urn:a", clr.IsChildOf, "urn:b"), is("urn:b", clr.IsChildOf, "urn:c"), is("urn:d", clr.IsChildOf, "urn:c"),
		}, nil},
		{"both directions of one", []clr.Association{is("urn:a", clr.IsChildOf, "urn:b"), is("urn:b", clr.IsParentOf, "urn:a")}, nil},
		{"child and parent at once", []clr.Association{
			is("urn:a", clr.IsChildOf, "urn:b"), is("urn:a", clr.IsParentOf, "urn:b"),
		}, []int{0, 1}},
		{"three in a circle and one that leads to it", []clr.Association{
			is("urn:a", clr.Precedes, "urn:b"), is("urn:b", clr.Precedes, "urn:c"), is("urn:c", clr.Precedes, "urn:a"),
			is("urn:d", clr.Precedes, "urn:a"),
		}, []int{0, 1, 2}},
		{"symmetric relations", []clr.Association{
			is("urn:a", clr.IsPeerOf, "urn:b"), is("urn:b", clr.IsPeerOf, "urn:a"),
			is("urn:a", clr.ExactMatchOf, "urn:b"), is("urn:b", clr.ExactMatchOf, "urn:a"),
		}, nil},
		{"relations do not mix", []clr.Association{is("urn:a", clr.Precedes, "urn:b"), is("urn:b", clr.IsPartOf, "urn:a")}, nil},
		{"succession", []clr.Association{is("urn:a", clr.ReplacedBy, "urn:b"), is("urn:b", clr.ReplacedBy, "urn:a")}, []int{0, 1}},
		{"composition", []clr.Association{is("urn:a", clr.IsPartOf, "urn:b"), is("urn:b", clr.IsPartOf, "urn:a")}, []int{0, 1}},
	} {
		var want []string
		for _, i := range c.circular {
			want = append(want, subject+"/association/"+strconv.Itoa(i))
		}
		var got []string
		for _, f := range newRecord(c.associations...).Check() {
			require.Equal(t, rules.CodeAssociationCycle, f.Code, c.name)
			got = append(got, f.Pointer)
		}
		require.Equal(t, want, got, c.name)
	}
}

func TestUnwritableDraft(t *testing.T) {
	c := newRecord()
	c.CredentialSubject.VerifiableCredential.Add([]byte(`{"id":`))
	f := c.Check()
	require.Len(t, f, 1)
	require.Equal(t, vc.CodeJSON, f[0].Code)
	require.Equal(t, vc.SeverityError, f[0].Severity)
}

// There is a constant for each kind of association, and no other.
func TestConstantsAgreeWithFacts(t *testing.T) {
	found := false
	for _, c := range door.Schema().Classes() {
		for _, m := range c.Members {
			if c.Name == "Association" && m.Enum != nil {
				require.ElementsMatch(t, m.Enum.Terms, testkit.Constants(t, "model.go")["AssociationType"])
				found = true
			}
		}
	}
	require.True(t, found)
}
