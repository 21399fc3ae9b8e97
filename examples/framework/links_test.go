package main

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
)

// crosswalk is a package without items that links those of the samples, and an occupation.
const crosswalk = `{"CFDocument":{"identifier":"c0000000-0000-4000-8000-000000000001","title":"Passerelle"},"CFAssociations":[
	{"identifier":"c0000000-0000-4000-8000-000000000011","associationType":"hasSkillLevel",
		"originNodeURI":{"identifier":"6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b05"},
		"destinationNodeURI":{"identifier":"b81d4fae-7dec-41d0-a765-00a0c91ee005"}},
	{"identifier":"c0000000-0000-4000-8000-000000000012","associationType":"isRelatedTo",
		"originNodeURI":{"title":"Occupation 7","uri":"https://jobs.example/7"},"destinationNodeURI":{"title":"Course 9","identifier":"course-9"}}]}`

// What frameworks of one page say of one another leads from each to the other, in words; what
// is elsewhere has its address.
func TestLinksBetweenFrameworks(t *testing.T) {
	page, _ := render(t, string(sample), string(sampleTrade), crosswalk)
	wheel, roue := around(t, page, "i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b07"), around(t, page, "i-b81d4fae-7dec-41d0-a765-00a0c91ee005")
	for text, all := range map[string][]string{
		wheel: {"says the same as B.2 Dévoiler une roue à moins de 0,5 mm in Mécanique du cycle : l’atelier , which says so",
			"Vérifié par les deux écoles,", "is shown by the example Film: truing a wheel ext:film film-12, https://media.example.org/films/12"},
		roue: {"says the same as W.1 True a wheel to within half a millimetre in Bicycle Mechanic, Level 1",
			"is the level of S.2 Use lifting gear, solvents and compressed air without danger to anybody in Bicycle Mechanic, Level 1 , says Passerelle"},
		around(t, page, "i-b81d4fae-7dec-41d0-a765-00a0c91ee002"): {"“prepares for” Bicycle Repairers ext:onet https://www.onetonline.org/link/summary/49-3091.00",
			"comes before B.1 Régler un frein"},
		around(t, page, "i-b81d4fae-7dec-41d0-a765-00a0c91ee004"): {"comes after A.1", "is part of S.1 Safety check in Bicycle Mechanic, Level 1",
			"is scored by Épreuve d’atelier: Freins"},
		around(t, page, "i-6f0a2c1e-8b1d-4c53-9a44-0d6f2b7e1b02"): {"has as a part B.1 Régler un frein"},
		around(t, page, "f-c0000000-0000-4000-8000-000000000001"): {"Occupation 7 https://jobs.example/7 goes with Course 9 course-9"},
	} {
		for _, want := range all {
			require.Contains(t, text, want)
		}
	}
	_, text := parse(t, page)
	for kind := range relations {
		require.NotContains(t, text, string(kind), "the word of the standard")
	}
	require.NotContains(t, wheel, "says Bicycle", "its own framework need not be named")
}

// Each type of the standard has words, and one of somebody else is read as it is spelt.
func TestRelations(t *testing.T) {
	for _, kind := range []casefw.AssociationType{casefw.IsChildOf, casefw.IsPartOf, casefw.IsPeerOf, casefw.ExactMatchOf, casefw.Precedes,
		casefw.IsRelatedTo, casefw.ReplacedBy, casefw.Exemplar, casefw.HasSkillLevel, casefw.IsTranslationOf} {
		require.NotEmpty(t, relations[kind].from, kind)
		require.Equal(t, kind.Semantics().Symmetric, relations[kind].from == relations[kind].to, kind)
	}
	require.Equal(t, "“leads up to”", read("ext:leads_up-to").from)
	require.Equal(t, "“is linked with”", read("ext:").from)
}
