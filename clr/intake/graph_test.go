package intake_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr"
	"github.com/laurel-edu/laurel/clr/intake"
)

func associated(associations ...[3]string) func(object) {
	return func(o object) {
		var list []any
		for _, a := range associations {
			list = append(list, object{"type": "Association", "associationType": a[1], "sourceId": a[0], "targetId": a[2]})
		}
		member(o, "credentialSubject")["association"] = list
	}
}

func achievement(id string) func(object) {
	return with(object{"id": id}, "credentialSubject", "achievement")
}

// mentioned adds achievements to a record that no credential asserts.
func mentioned(ids ...string) func(object) {
	return func(o object) {
		var list []any
		for _, id := range ids {
			list = append(list, object{"id": id, "type": []any{"Achievement"}, "name": "N", "description": "D",
				"criteria": object{"narrative": "C"}})
		}
		member(o, "credentialSubject")["achievement"] = list
	}
}

const (
	a, b, c = "https://school.example/a", "https://school.example/b", "https://school.example/c"
	nowhere = "https://school.example/nowhere"
)

// Associations are what the publisher of the record says, and end at achievements of the
// record or nowhere.
func TestGraph(t *testing.T) {
	d := newDesk(t)
	edit := all(mentioned(b, c), associated([3]string{a, "isChildOf", b}, [3]string{c, "isParentOf", b}, [3]string{a, "isPartOf", c},
		[3]string{a, "precedes", b}, [3]string{a, "isRelatedTo", nowhere}))
	record := func() object {
		return d.record(d.registrar, edit, d.signed(d.academy, d.badge(d.academy, achievement(a))))
	}
	g := d.read(d.signed(d.registrar, record())).Graph()
	require.Len(t, g.Associations(), 5)
	for i, association := range g.Associations() {
		require.Equal(t, d.registrar.ID, association.AssertedBy)
		require.Equal(t, i == 4, association.Dangling)
	}
	require.Equal(t, clr.IsChildOf, g.Associations()[0].Type)
	require.Equal(t, []string{b}, g.Parents(a))
	require.Equal(t, []string{c}, g.Parents(b))
	require.Equal(t, []string{a}, g.Children(b))
	require.Equal(t, []string{a}, g.Parts(c))
	require.Equal(t, []string{c}, g.Wholes(a))
	require.Equal(t, []string{b}, g.After(a))
	require.Equal(t, []string{a}, g.Before(b))
	require.Empty(t, g.Cycles())
	// Whoever changed the record, or nobody, asserts nothing.
	require.Empty(t, d.read(record()).Graph().Associations()[0].AssertedBy)
	require.Empty(t, d.read(forge(d.signed(d.registrar, record()))).Graph().Associations()[0].AssertedBy)
	require.Empty(t, d.read(d.badge(d.academy, nil)).Graph().Associations())
}

// What leads back to itself is found, of each kind of hierarchy for itself.
func TestCycles(t *testing.T) {
	d := newDesk(t)
	for name, test := range map[string]struct {
		associations [][3]string
		want         [][]string
	}{
		"parents":              {[][3]string{{a, "isChildOf", b}, {c, "isParentOf", b}, {c, "isChildOf", a}}, [][]string{{a, b, c}}},
		"itself":               {[][3]string{{a, "precedes", a}}, [][]string{{a}}},
		"two kinds, no circle": {[][3]string{{a, "isChildOf", b}, {b, "isPartOf", a}}, nil},
		"parts":                {[][3]string{{a, "isPartOf", b}, {b, "isPartOf", a}}, [][]string{{a, b}}},
		"both ways of one":     {[][3]string{{a, "isChildOf", b}, {b, "isParentOf", a}}, nil},
		"peers":                {[][3]string{{a, "isPeerOf", b}, {b, "isPeerOf", a}}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			g := d.read(d.record(d.registrar, associated(test.associations...))).Graph()
			got := g.Cycles()
			require.Len(t, got, len(test.want))
			for i := range got {
				require.ElementsMatch(t, test.want[i], got[i])
			}
		})
	}
}

// A chain as long as a record may be takes no time to speak of.
func TestLongChain(t *testing.T) {
	d := newDesk(t)
	var links [][3]string
	for i := range 20_000 {
		links = append(links, [3]string{fmt.Sprint("urn:a:", i), "precedes", fmt.Sprint("urn:a:", (i+1)%20_000)})
	}
	g := d.read(d.record(d.registrar, associated(links...))).Graph()
	require.Len(t, g.Cycles(), 1)
	require.Len(t, g.Cycles()[0], 20_000)
	require.True(t, g.Associations()[0].Dangling)
}

// A record within a presentation has a graph of its own, and says so.
func TestGraphOfPresentedRecord(t *testing.T) {
	d := newDesk(t)
	record := d.signed(d.registrar, d.record(d.registrar, associated([3]string{a, "precedes", b}),
		d.signed(d.academy, d.badge(d.academy, achievement(a))), d.signed(d.academy, d.badge(d.academy, achievement(b)))))
	r := d.read(d.presentation(ana, record))
	require.Equal(t, intake.KindPresentation, r.Kind)
	all := r.Graph().Associations()
	require.Len(t, all, 1)
	require.Equal(t, "/verifiableCredential/0", all[0].Record)
	require.Equal(t, d.registrar.ID, all[0].AssertedBy)
	require.False(t, all[0].Dangling)
}
