package casefw_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/casefw"
)

func TestRegistryType(t *testing.T) {
	for name, want := range map[string]string{
		"O*NET": "ext:onet", "O*NET-SOC 2019": "ext:onet", "onet": "ext:onet", "ONET-SOC": "ext:onet", "ESCO": "ext:esco", "ISCO-08": "ext:isco",
		"SOC 2018": "ext:soc", "bls": "ext:soc", "US SOC": "ext:soc", "CTDL": "ext:ctdl", "ceasn:Competency": "ext:ctdl",
		"": "", "Social work": "", "Escort": "", "onetwothree": "", "2019": "", "Common Core": "",
	} {
		require.Equal(t, want, casefw.RegistryType(name, ""), name)
	}
	for url, want := range map[string]string{
		"https://www.onetonline.org/link/summary/15-1252.00": "ext:onet", "http://ONETCENTER.org/taxonomy.html": "ext:onet",
		"http://data.europa.eu/esco/skill/0a000001-0000-4000-8000-000000000001": "ext:esco", "http://data.europa.eu/esco/isco/C2512": "ext:isco",
		"https://credentialengineregistry.org/resources/ce-0a000001-0000-4000-8000-000000000001": "ext:ctdl", "https://www.bls.gov/soc/2018/": "ext:soc",
		"": "", "urn:onet": "", "https://onetonline.org.evil.example/": "", "https://notonetonline.org/": "", "https://data.europa.eu/other": "",
	} {
		require.Equal(t, want, casefw.RegistryType("", url), url)
	}
}

// What other registries have is one thing, whether a link gives its number or its address.
func TestFrameworksMeetInRegistries(t *testing.T) {
	const esco = "http://data.europa.eu/esco/skill/0a000001-0000-4000-8000-000000000001"
	const rsd = "https://osmt.example/api/skills/0a000002-0000-4000-8000-000000000002"
	const ctdl = "https://credentialengineregistry.org/resources/ce-0a000003-0000-4000-8000-000000000003"
	for name, pair := range map[string][2]casefw.LinkGenURI{
		"O*NET": {target("ext:onet", "15-1252.00", ""), target("", "", "https://www.onetonline.org/link/summary/15-1252.00")},
		"O*NET, two addresses": {target("ext:ONET-SOC", "15-1252.00", "https://my.example/1"),
			target("", "15-1252.00", "http://services.onetcenter.org/ws/online/occupations/15-1252.00/")},
		"ISCO": {target("ext:isco08", "2512", ""), target("", "", "http://data.europa.eu/esco/isco/C2512")},
		"ESCO": {target("ext:esco", esco, esco), target("", "", esco)},
		"RSD":  {target("ext:rsd", "x", rsd), target("", "", rsd)},
		"CTDL": {target("ext:ctdl", "ce-0a000003-0000-4000-8000-000000000003", ctdl), target("", "", "https://credentialengineregistry.org/graph/ce-0a000003-0000-4000-8000-000000000003")},
		"urn":  {target("", "7", "urn:example:skill:7"), target("ext:x", "", "urn:example:skill:7")},
	} {
		c := casefw.NewCatalog(matched(t, 1, pair[0]), matched(t, 2, pair[1]))
		require.True(t, meets(c, 1, 2) && meets(c, 2, 1), name)
	}
	for name, pair := range map[string][2]casefw.LinkGenURI{
		"two occupations":    {target("ext:onet", "15-1252.00", ""), target("", "", "https://www.onetonline.org/link/summary/15-1253.00")},
		"another number":     {target("ext:onet", "15-1252.00", ""), target("", "11-1011.00", "https://www.onetonline.org/link/summary/15-1252.00")},
		"another registry":   {target("ext:soc", "15-1252.00", ""), target("", "", "https://www.onetonline.org/link/summary/15-1252.00")},
		"no occupation":      {target("ext:onet", "skills", ""), target("", "", "https://www.onetonline.org/find/descriptor/browse/skills")},
		"two groups of ISCO": {target("ext:isco", "2512", ""), target("", "", "http://data.europa.eu/esco/isco/C2513")},
	} {
		c := casefw.NewCatalog(matched(t, 1, pair[0]), matched(t, 2, pair[1]))
		require.False(t, meets(c, 1, 2) || meets(c, 2, 1), name)
	}
}

// An alignment leads to the place of an item, or of what links lead to: the same for all
// that is said of it, and none for what nobody knows.
func TestFindPlace(t *testing.T) {
	const ctdl = "https://credentialengineregistry.org/resources/ce-0a000003-0000-4000-8000-000000000003"
	c := casefw.NewCatalog(matched(t, 1, target("ext:onet", "15-1252.00", developers)), matched(t, 2, target("ext:ctdl", "x", ctdl)),
		loaded(t, []byte(`{"CFItems":[{"identifier":"12","uri":"https://three.example/s/12","fullStatement":"s"}]}`)))
	var places []casefw.Place
	for _, a := range []casefw.Alignment{
		{TargetType: "ext:onet", TargetCode: "15-1252.00"}, {TargetURL: developers},
		{TargetURL: "https://www.onetonline.org/link/details/15-1252.00"}, {TargetType: "ext:O-NET", TargetCode: " 15-1252.00", TargetURL: "https://x.example/"},
	} {
		at, item := c.FindPlace(a)
		require.NotEqual(t, casefw.Place{}, at, a)
		require.True(t, item.IsZero() && at.GUID().IsZero())
		places = append(places, at)
		require.Equal(t, places[0], at, a)
	}
	for _, n := range c.External() {
		if n.Identifier() == "15-1252.00" {
			at, _ := c.PlaceOf(n)
			require.Equal(t, places[0], at)
		}
	}
	names := c.Names(places[0])
	require.Subset(t, names, casefw.TargetNames("ext:onet", "15-1252.00", developers))
	require.Subset(t, names, casefw.TargetNames("", "", developers))
	require.Empty(t, c.Names(casefw.PlaceOfGUID(id(1))))
	require.Empty(t, c.Names(casefw.Place{}))
	require.Empty(t, casefw.TargetNames("", "1", "A job"))
	require.Empty(t, casefw.TargetNames("ext:x", "\x00", "https://x.example/%ff"), "no key of a data base")
	at, item := c.FindPlace(casefw.Alignment{TargetCode: guidOf(1, 1), TargetType: "CFItem"})
	require.Equal(t, casefw.PlaceOfGUID(id(1)), at)
	require.Equal(t, guidOf(1, 1), item.GUID().String())
	at, item = c.FindPlace(casefw.Alignment{TargetURL: ctdl, TargetType: "ceasn:Competency"})
	require.Equal(t, "0a000003-0000-4000-8000-000000000003", at.GUID().String())
	require.True(t, item.IsZero())
	at, item = c.FindPlace(casefw.Alignment{TargetURL: "http://three.example/s/12/"})
	require.Equal(t, "12", item.Identifier())
	require.NotEqual(t, casefw.Place{}, at)
	for _, a := range []casefw.Alignment{{}, {TargetName: "s"}, {TargetURL: "https://nobody.example/1"}, {TargetType: "ext:onet", TargetCode: "11-1011.00"},
		{TargetURL: "https://nobody.example/" + guidOf(9, 9)}, {TargetType: "CTDL", TargetURL: "https://x.example/" + guidOf(1, 1)}} {
		at, item := c.FindPlace(a)
		require.True(t, at == casefw.Place{} && item.IsZero(), a)
	}
}
