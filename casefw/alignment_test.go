package casefw_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/laurel-edu/laurel/casefw"
	"github.com/laurel-edu/laurel/vc"
	"github.com/stretchr/testify/require"
)

// guidForms are the URLs that people make of an item's identifier; doc is that of its
// framework.
var guidForms = map[string]func(id, doc string) string{
	"endpoint":           func(id, _ string) string { return "https://h.example/ims/case/v1p0/CFItems/" + id },
	"endpoint, singular": func(id, _ string) string { return "https://h.example/ims/case/v1p0/CFItem/" + id },
	"endpoint, capitals": func(id, _ string) string { return "https://h.example/ims/case/v1p0/CFITEMS/" + id },
	"endpoint, small":    func(id, _ string) string { return "https://h.example/ims/case/v1p0/cfitems/" + id },
	"associations of it": func(id, _ string) string { return "https://h.example/ims/case/v1p0/CFItemAssociations/" + id },
	"viewer":             func(id, _ string) string { return "https://h.example/frameworks/CF2024/items/" + id },
	"within package":     func(id, doc string) string { return "https://h.example/CFPackages/" + doc + "/CFItems/" + id },
	"package behind":     func(id, doc string) string { return "https://h.example/CFItems/" + id + "?package=" + doc },
	"within document":    func(id, doc string) string { return "https://h.example/CFDocuments/" + doc + "/" + id },
	"OpenSALT":           func(id, _ string) string { return "https://h.example/uri/" + id },
	"OpenSALT, format":   func(id, _ string) string { return "https://h.example/uri/" + id + ".json" },
	"OpenSALT, small p":  func(id, doc string) string { return "https://h.example/uri/p" + doc + "#" + id },
	"fragment":           func(id, _ string) string { return "https://h.example/fw.html#" + id },
	"fragment alone":     func(id, _ string) string { return "#" + id },
	"route in fragment": func(id, doc string) string {
		return "https://h.example/#/frameworks/" + doc + "/items/" + id + "?tab=1"
	},
	"query":               func(id, _ string) string { return "https://h.example/view?lang=en&item=" + id + "&utm_source=x" },
	"query with fragment": func(id, _ string) string { return "https://h.example/CFItems/" + id + "?a=b#top" },
	"urn":                 func(id, _ string) string { return "urn:uuid:" + id },
	"urn, capitals":       func(id, _ string) string { return "URN:UUID:" + strings.ToUpper(id) },
	"braces":              func(id, _ string) string { return "https://h.example/%7B" + strings.ToUpper(id) + "%7D" },
	"capitals":            func(id, _ string) string { return "https://h.example/CFItems/" + strings.ToUpper(id) },
	"slash":               func(id, _ string) string { return "https://h.example/CFItems/" + id + "/" },
	"http":                func(id, _ string) string { return "http://h.example/CFItems/" + id },
	"relative":            func(id, _ string) string { return "/CFItems/" + id },
	"bare":                func(id, _ string) string { return id },
	"encoded dashes":      func(id, _ string) string { return "https://h.example/CFItems/" + strings.ReplaceAll(id, "-", "%2D") },
	"encoded in a query": func(id, _ string) string {
		return "https://v.example/?u=" + url.QueryEscape("https://h.example/CFItems/"+id)
	},
	"encoded twice": func(id, _ string) string {
		return "https://v.example/?u=" + url.QueryEscape(url.QueryEscape("/CFItems/"+id))
	},
	"among other things":    func(id, _ string) string { return "https://h.example/CFItems/" + id + "?session=" + guidOf(77, 1) },
	"white space around it": func(id, _ string) string { return " https://h.example/CFItems/" + id + "\n" },
}

// uriForms are spellings of a uri of any form.
var uriForms = map[string]func(uri string) string{
	"as it is":       func(u string) string { return u },
	"http":           func(u string) string { return strings.Replace(u, "https://", "http://", 1) },
	"scheme, host":   func(u string) string { return strings.Replace(u, "https://odd", "HTTPS://ODD", 1) },
	"port":           func(u string) string { return strings.Replace(u, ".example/", ".example:443/", 1) },
	"encoded":        func(u string) string { return strings.Replace(u, "/s", "/%73", 1) },
	"white space":    func(u string) string { return u + " " },
	"slash":          func(u string) string { return strings.TrimSuffix(u, "/") + "/" },
	"without slash":  func(u string) string { return strings.TrimSuffix(u, "/") },
	"another query":  func(u string) string { return u + "?utm_source=x" },
	"another anchor": func(u string) string { return u + "#top" },
}

// oddURIs is a framework whose uris hold no identifier.
func oddURIs() *casefw.Framework {
	p := &casefw.CFPackage{CFDocument: &casefw.CFDocument{Identifier: guidOf(40, 0), Title: "Odd", URI: "https://odd.example/framework"}}
	for i, uri := range []string{"https://odd.example/s/12", "https://odd.example/s/1", "https://odd.example/skills/é/", "urn:odd:s:5",
		"https://odd.example/CF/s/12"} {
		p.CFItems = append(p.CFItems, casefw.CFItem{Identifier: guidOf(41, i), FullStatement: "s", URI: vc.IRI(uri)})
	}
	return casefw.NewFramework(p)
}

func catalogs(t *testing.T) (c *casefw.Catalog, other *casefw.Framework) {
	first, err := json.Marshal(value(t, []byte(bakers)))
	require.NoError(t, err)
	return casefw.NewCatalog(loaded(t, first), loaded(t, generated(60, 30)), oddURIs()), linked("another", []int{70, 71, 72})
}

// Every item of a catalog is found by every URL that its identifier is written in, be it
// the target or the code, and no item of another framework ever is.
func TestAlignmentsFindItemsByEveryURL(t *testing.T) {
	c, other := catalogs(t)
	n := 0
	for f := range c.Frameworks() {
		for item := range f.Items() {
			for name, form := range guidForms {
				target := form(item.Identifier(), f.Document().Identifier)
				r := c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetName: "n"})
				require.True(t, item == r.Item, "%s: %s", name, target)
				require.GreaterOrEqual(t, r.Certainty, casefw.Possible)
				r = c.ResolveAlignment(casefw.Alignment{TargetURL: "https://h.example/", TargetCode: target, TargetType: "CFItem"})
				require.True(t, item == r.Item, "%s in the code: %s", name, target)
				n++
			}
		}
		for item := range other.Items() {
			for name, form := range guidForms {
				for _, a := range []casefw.Alignment{{TargetURL: form(item.Identifier(), f.Document().Identifier)},
					{TargetCode: form(item.Identifier(), f.Document().Identifier)}} {
					a.TargetType, a.TargetFramework = "CFItem", f.Title()
					r := c.ResolveAlignment(a)
					require.True(t, r.Item.IsZero(), "%s: %v", name, a)
				}
			}
		}
	}
	require.Greater(t, n, 1000)
}

func TestAlignmentsFindItemsByEverySpelling(t *testing.T) {
	c, _ := catalogs(t)
	for f := range c.Frameworks() {
		for item := range f.Items() {
			for name, form := range uriForms {
				target := form(item.URI())
				r := c.ResolveAlignment(casefw.Alignment{TargetURL: target})
				require.True(t, item == r.Item, "%s: %s", name, target)
				require.Equal(t, target == item.URI(), r.Certainty == casefw.Certain, target)
				r = c.ResolveAlignment(casefw.Alignment{TargetCode: target})
				require.True(t, item == r.Item, "%s in the code: %s", name, target)
			}
		}
	}
	for _, target := range []string{"https://odd.example/s/2", "https://odd.example/s", "https://odd.example/", "https://odd.example/s/123",
		"https://odd.example/S/12", "https://other.example/s/12", "https://odd.example/s/12?item=" + guidOf(70, 1),
		"https://odd.example/s/12#" + guidOf(70, 1), "urn:odd:s:50", "https://odd.example/framework?item=3", ""} {
		require.True(t, c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: target}).Item.IsZero(), target)
	}
	require.Equal(t, casefw.MethodDocument, c.ResolveAlignment(casefw.Alignment{TargetURL: "http://odd.example/framework/"}).Method)
}

// Where several items fit none is chosen, unless the code says which.
func TestAlignmentsAreNotGuessed(t *testing.T) {
	c, _ := catalogs(t)
	var items []casefw.Item
	for f := range c.Frameworks() {
		items = append(items, f.At(0), f.At(1))
	}
	for _, a := range items {
		for _, b := range items {
			if a == b {
				continue
			}
			for _, join := range []string{"/children/", "?from=", "#", "?u=%2F"} {
				target := "https://h.example/CFItems/" + a.Identifier() + join + b.Identifier()
				r := c.ResolveAlignment(casefw.Alignment{TargetURL: target})
				require.Equal(t, casefw.MethodAmbiguous, r.Method, target)
				require.True(t, r.Item.IsZero())
				require.ElementsMatch(t, []casefw.Item{a, b}, r.Candidates)
				r = c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: b.Identifier()})
				require.True(t, b == r.Item)
				require.LessOrEqual(t, r.Certainty, casefw.Probable)
			}
		}
	}
	shared := loaded(t, []byte(`{"CFDocument":{"title":"F"},"CFItems":[
		{"identifier":"`+guidOf(50, 1)+`","uri":"https://x.example/1","humanCodingScheme":"A.1"},
		{"identifier":"`+guidOf(50, 2)+`","uri":"https://x.example/1","humanCodingScheme":"A.2"},
		{"identifier":"`+guidOf(50, 3)+`","uri":"http://X.example/1/","humanCodingScheme":"A.2"}]}`))
	c = casefw.NewCatalog(shared)
	for _, a := range []casefw.Alignment{{TargetURL: "https://x.example/1"}, {TargetURL: "http://x.example/1"},
		{TargetURL: "https://x.example/1#a"}, {TargetCode: "A.2", TargetFramework: "f"}} {
		r := c.ResolveAlignment(a)
		require.Equal(t, casefw.MethodAmbiguous, r.Method, a)
		require.Greater(t, len(r.Candidates), 1)
		require.Zero(t, r.Certainty)
	}
	r := c.ResolveAlignment(casefw.Alignment{TargetURL: "https://x.example/1", TargetCode: "a1"})
	require.Equal(t, guidOf(50, 1), r.Item.Identifier())
}

// An item that two frameworks hold is taken from the one that the URL names.
func TestAlignmentsTakeTheFrameworkThatIsNamed(t *testing.T) {
	one, other := linked("one", []int{1}), linked("another", []int{1})
	c := casefw.NewCatalog(one, other)
	for _, f := range []*casefw.Framework{one, other} {
		r := c.ResolveAlignment(casefw.Alignment{TargetURL: "/CFPackages/" + f.Document().Identifier + "/CFItems/" + guidOf(1, 1)})
		require.True(t, f == r.Framework)
	}
	require.True(t, one == c.ResolveAlignment(casefw.Alignment{TargetURL: "urn:uuid:" + guidOf(1, 1)}).Framework)
}

// A URL of the framework, or of something else of CASE, does not hide the item that the
// code names.
func TestAlignmentsByFrameworkAndCode(t *testing.T) {
	f := loaded(t, []byte(bakers))
	c, item := casefw.NewCatalog(oddURIs(), f), byCode(t, f, "B.1")
	for _, target := range []string{string(f.Document().URI), "/CFPackages/" + f.Document().Identifier, "/CFDocument/" + f.Document().Identifier,
		"https://h.example/uri/p" + f.Document().Identifier} {
		for _, code := range []string{item.Identifier(), item.URI(), "B.1", "b-1"} {
			r := c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: code, TargetType: "CFItem"})
			require.True(t, item == r.Item, "%s %s", target, code)
		}
		for _, code := range []string{"", "X.1", guidOf(70, 1)} {
			r := c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: code})
			require.Equal(t, casefw.MethodDocument, r.Method, target)
			require.True(t, f == r.Framework)
		}
	}
	for _, target := range []string{"/CFAssociations/" + guidOf(70, 1), "/CFPackages/" + guidOf(40, 0)} {
		r := c.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: item.Identifier()})
		require.True(t, item == r.Item)
		require.Len(t, r.Conflicts, 1)
		require.Equal(t, casefw.Possible, r.Certainty)
	}
}

// A rubric is known too, and its parts go before it.
func TestAlignmentsOfRubrics(t *testing.T) {
	f := loaded(t, []byte(bakers))
	c, rubric := casefw.NewCatalog(f), &f.Rubrics()[0]
	r := c.ResolveAlignment(casefw.Alignment{TargetURL: string(rubric.URI)})
	require.Equal(t, casefw.MethodRubric, r.Method)
	require.Equal(t, rubric, r.Rubric)
	criterion := &rubric.CFRubricCriteria[0]
	r = c.ResolveAlignment(casefw.Alignment{TargetURL: "/CFRubrics/" + criterion.Identifier + "?of=" + rubric.Identifier})
	require.Equal(t, casefw.MethodRubricCriterion, r.Method)
	require.Equal(t, criterion, r.Criterion)
}

// A longer run of digits holds no identifier, nor does a part of one.
func TestFindGUIDsAsWholes(t *testing.T) {
	g := guidOf(1, 1)
	want, err := casefw.ParseGUID(g)
	require.NoError(t, err)
	for _, text := range []string{g, "p" + g, g + ".json", "{" + g + "}", "/" + g + "/", "ce-" + g, g + "-name"} {
		require.Equal(t, []casefw.GUID{want}, casefw.FindGUIDs(text), text)
	}
	for _, text := range []string{"a" + g, g + "0", g[1:], g[:35], strings.ReplaceAll(g, "-", "")} {
		require.Empty(t, casefw.FindGUIDs(text), text)
	}
}

// FuzzResolveAlignment holds: no text makes resolving panic, and an item that is found is
// one that the text names: its identifier stands in it, its uri but for spelling, or its
// code.
func FuzzResolveAlignment(f *testing.F) {
	catalog := casefw.NewCatalog(oddURIs(), linked("one", []int{1, 2}))
	for _, form := range guidForms {
		f.Add(form(guidOf(41, 0), guidOf(40, 0)), form(guidOf(1, 2), guidOf(0, 3)), "Odd")
	}
	for _, s := range []string{"https://odd.example/s/12", "HTTPS://odd.example:443/s/1?x#y", "%25%32%46%", "urn:uuid:", "://"} {
		f.Add(s, s, s)
	}
	f.Fuzz(func(t *testing.T, target, code, framework string) {
		r := catalog.ResolveAlignment(casefw.Alignment{TargetURL: target, TargetCode: code, TargetFramework: framework})
		if r.Item.IsZero() {
			require.LessOrEqual(t, len(r.Candidates), 16)
			return
		}
		all := plain(target) + " " + plain(code)
		uri := strings.TrimPrefix(strings.TrimSuffix(plain(r.Item.URI()), "/"), "https://")
		require.True(t, strings.Contains(all, r.Item.Identifier()) || uri != "" && strings.Contains(all, uri), fmt.Sprint(all, r.Method))
		require.True(t, slices.Contains([]casefw.Certainty{casefw.Possible, casefw.Probable, casefw.Certain}, r.Certainty))
	})
}

// plain undoes what may differ between spellings of a URL, and more.
func plain(s string) string {
	for range 2 {
		if decoded, err := url.PathUnescape(s); err == nil {
			s = decoded
		}
	}
	return strings.NewReplacer(":443", "", ":80", "").Replace(strings.ToLower(s))
}
