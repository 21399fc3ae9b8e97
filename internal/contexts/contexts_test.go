package contexts_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonx"
)

const (
	imsOB3 = "https://purl.imsglobal.org/spec/ob/v3p0/"
	imsCLR = "https://purl.imsglobal.org/spec/clr/v2p0/"
)

func TestEveryURLIsFound(t *testing.T) {
	urls := contexts.URLs()
	require.True(t, slices.IsSorted(urls), "the search relies on the order")
	require.Equal(t, len(urls), len(slices.Compact(slices.Clone(urls))))
	for _, url := range urls {
		doc, ok := contexts.Lookup(url)
		require.True(t, ok, url)
		requireContext(t, url, doc)
	}
}

func TestUnknownURL(t *testing.T) {
	for _, url := range []string{
		"", "https://example.org/context", "http://www.w3.org/ns/credentials/v2",
		"https://www.w3.org/ns/credentials/v2/", "https://www.w3.org/ns/credentials/v2#", "../contexts",
	} {
		doc, ok := contexts.Lookup(url)
		require.False(t, ok, url)
		require.Nil(t, doc)
		require.Nil(t, contexts.Archived(url))
	}
}

// TestCallersOwnTheirBytes: no caller can change what another one gets.
func TestCallersOwnTheirBytes(t *testing.T) {
	const url = imsOB3 + "context-3.0.3.json"
	want := lookup(t, url)
	clear(lookup(t, url))
	clear(contexts.Archived(url)[0].Document)
	clear(contexts.URLs())
	require.Equal(t, want, lookup(t, url))
	requireContext(t, url, contexts.Archived(url)[0].Document)
	require.NotEmpty(t, contexts.URLs()[0])
}

// TestEveryFileIsServed: a file that no URL stands for would be dead weight.
func TestEveryFileIsServed(t *testing.T) {
	served := map[string]bool{}
	for _, url := range contexts.URLs() {
		served[string(lookup(t, url))] = true
	}
	files, err := fs.Glob(os.DirFS("documents"), "*")
	require.NoError(t, err)
	require.Len(t, served, len(files))
	for _, f := range files {
		doc, err := os.ReadFile("documents/" + f)
		require.NoError(t, err)
		require.True(t, served[string(doc)], f)
	}
}

// TestReferencedContextsAreKnown: a document may build on another by its URL.
func TestReferencedContextsAreKnown(t *testing.T) {
	for _, url := range contexts.URLs() {
		tab, err := tableOf(lookup(t, url))
		require.NoError(t, err)
		for path, d := range tab {
			if other, ok := strings.CutPrefix(d, "at "); ok {
				_, known := contexts.Lookup(other)
				require.True(t, known, "%s: %s builds on %s", url, path, other)
			}
		}
	}
}

func TestArchivedStatesAreWholeDocuments(t *testing.T) {
	for url, dates := range map[string][]string{
		imsOB3 + "context.json":           {"2023-01-12", "2022-11-03", "2022-09-08", "2022-06-27", "2022-05-23"},
		imsOB3 + "context/ob_v3p0.jsonld": {"2023-01-12", "2022-11-03", "2022-09-08", "2022-06-27", "2022-05-23"},
		imsOB3 + "context-3.0.1.json":     {"2023-02-06", "2023-01-16"},
		imsOB3 + "context-3.0.2.json":     {"2023-05-25"},
		imsOB3 + "context-3.0.3.json":     {"2025-11-01", "2024-03-04", "2024-01-24", "2023-12-13", "2023-10-27"},
		"https://w3id.org/openbadges/v2":  {"2017-01-30"},
	} {
		states := contexts.Archived(url)
		got := make([]string, len(states))
		meanings := []table{meaning(t, lookup(t, url))}
		for i, s := range states {
			got[i] = s.Date
			require.NotEmpty(t, s.Note)
			requireContext(t, url, s.Document)
			for _, m := range meanings {
				require.NotEmpty(t, differences(m, meaning(t, s.Document)), "%s of %s is there already", s.Date, url)
			}
			meanings = append(meanings, meaning(t, s.Document))
		}
		require.Equal(t, dates, got, url)
	}
	require.Nil(t, contexts.Archived("https://www.w3.org/ns/credentials/v2"))
}

// TestTraps pins single facts that decide what a signature covers, by the
// table of the versions in the specifications' catalogue.
func TestTraps(t *testing.T) {
	const (
		ob  = "https://purl.imsglobal.org/spec/vc/ob/vocab.html#"
		clr = "https://purl.imsglobal.org/spec/vc/clr/vocab.html#"
		xsd = "https://www.w3.org/2001/XMLSchema#"
	)
	for _, fact := range []struct{ url, path, want string }{
		{imsOB3 + "context.json", "xsd", "id=" + xsd + " prefix=true protected=false"},
		{imsOB3 + "context-3.0.1.json", "xsd", "id=" + xsd + " prefix=true protected=false"},
		{imsOB3 + "context-3.0.2.json", "xsd", ""},
		{imsOB3 + "context-3.0.3.json", "xsd", ""},
		{imsOB3 + "context.json", "Achievement/image", ""},
		{imsOB3 + "context-3.0.1.json", "Achievement/image", "id=" + ob + "Image prefix=false protected=false type=@id"},
		{imsOB3 + "context-3.0.2.json", "Achievement/image", "id=" + ob + "Image prefix=false protected=true type=@id"},
		{imsOB3 + "context-3.0.3.json", "Achievement/image", "id=" + ob + "image prefix=false protected=true type=@id"},
		{imsOB3 + "context.json", "image", "id=" + ob + "image prefix=false protected=false type=" + ob + "Image"},
		{imsOB3 + "context-3.0.2.json", "image", "id=" + ob + "Image prefix=false protected=true type=@id"},
		{imsOB3 + "context-3.0.1.json", "awardedDate", "id=" + ob + "awardedDate prefix=false protected=false type=" + xsd + "dateTime"},
		{imsOB3 + "context-3.0.2.json", "awardedDate", ""},
		{imsOB3 + "context-3.0.3.json", "awardedDate", "id=" + ob + "awardedDate prefix=false protected=true type=xsd:dateTime"},
		{imsOB3 + "context-3.0.1.json", "ResultDescription/allowedValue",
			"container=@set id=" + ob + "allowedValue prefix=false protected=false type=xsd:string"},
		{imsOB3 + "context-3.0.2.json", "ResultDescription/allowedValue",
			"container=@list id=" + ob + "allowedValue prefix=false protected=true"},
		{imsOB3 + "context-3.0.3.json", "ResultDescription/allowedValue",
			"container=@list id=" + ob + "allowedValue prefix=false protected=true"},
		{imsOB3 + "context-3.0.3.json", "ResultDescription/rubricCriterionLevel",
			"container=@set id=" + ob + "rubricCriterionLevel prefix=false protected=true"},
		{imsOB3 + "context-3.0.1.json", "AchievementSubject/achievement", "id=" + ob + "achievement-0 prefix=false protected=false"},
		{imsOB3 + "context-3.0.3.json", "AchievementSubject/achievement", "id=" + ob + "achievement prefix=false protected=true"},
		{imsOB3 + "context-3.0.3.json", "AchievementSubject/activityEndDate",
			"id=" + ob + "activityEndDate prefix=false protected=true type=" + xsd + "date"},
		{imsOB3 + "context-3.0.3.json", "Achievement/creditsAvailable",
			"id=" + ob + "creditsAvailable prefix=false protected=true type=" + xsd + "float"},
		{imsOB3 + "context.json", "Achievement/creator", "id=" + ob + "Profile prefix=false protected=false"},
		{imsOB3 + "context.json", "AchievementCredential", "id=" + ob + "OpenBadgeCredential prefix=false protected=false"},
		{imsOB3 + "context-3.0.3.json", "AchievementCredential", "id=" + ob + "OpenBadgeCredential prefix=false protected=true"},
		{imsOB3 + "context-3.0.3.json", "OpenBadgeCredential", "id=" + ob + "OpenBadgeCredential prefix=false protected=true"},
		{imsOB3 + "context-3.0.3.json", "jti", "id=https://www.iana.org/assignments/jwt#jti prefix=false protected=true type=@id"},
		{imsCLR + "context-2.0.1.json", "ClrCredential/partial", "id=" + clr + "partial prefix=false protected=false type=xsd:boolean"},
		{imsCLR + "context-2.0.1.json", "Association/sourceId", "id=" + clr + "sourceId prefix=false protected=false type=xsd:anyURI"},
		{imsCLR + "context-2.0.1.json", "ClrSubject/achievement",
			"container=@set id=" + clr + "achievement prefix=false protected=false type=" + ob + "Achievement"},
		{imsCLR + "context.json", "ClrSubject/achievement", "container=@set id=" + clr + "achievement prefix=false protected=false " +
			"type=https://purl.imsglobal.org/spec/ob/v3p0/vocab.html#Achievement"},
		{"https://www.w3.org/ns/credentials/v2", "VerifiablePresentation/verifiableCredential/(context)", "null"},
		{"https://www.w3.org/2018/credentials/v1", "VerifiableCredential/issuanceDate",
			"id=https://www.w3.org/2018/credentials#issuanceDate prefix=false protected=true " +
				"type=http://www.w3.org/2001/XMLSchema#dateTime"},
		{"https://w3id.org/openbadges/legacy-v1", "revoked",
			"id=https://w3id.org/security#revoked prefix=false protected=false type=http://www.w3.org/2001/XMLSchema#dateTime"},
	} {
		require.Equal(t, fact.want, meaning(t, lookup(t, fact.url))[fact.path], "%s: %s", fact.url, fact.path)
	}
}

// TestComparerSeesEachChange: the comparer that vouches for the documents is
// itself seen to name each kind of difference.
func TestComparerSeesEachChange(t *testing.T) {
	doc := lookup(t, imsOB3+"context-3.0.3.json")
	for name, change := range map[string]struct{ old, new, path string }{
		"IRI":  {`vocab.html#narrative"`, `vocab.html#Narrative"`, "narrative"},
		"type": {`"xsd:dateTime"`, `"https://www.w3.org/2001/XMLSchema#dateTime"`, "awardedDate"},
		"container": {`#allowedValue", "@container": "@list"`, `#allowedValue", "@container": "@set"`,
			"ResultDescription/allowedValue"},
		"lost term": {`"humanCode"`, `"humanCodes"`, "Achievement/humanCode"},
		"protection": {`"endorsementComment": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment"`,
			`"endorsementComment": {"@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#endorsementComment", "@protected": false}`,
			"EndorsementSubject/endorsementComment"},
		"prefix": {`"description": "https://schema.org/description"`,
			`"description": {"@id": "https://schema.org/description", "@prefix": true}`, "description"},
		"scoped context": {`"@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image", "@context"`,
			`"@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Image", "@nest"`, "Image"},
		"vocabulary": {`"id": "@id"`, `"@vocab": "https://example.org/", "id": "@id"`, "@vocab"},
		"null":       {`"name": "https://schema.org/name"`, `"name": null`, "name"},
		"language": {`"Criteria": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria"`,
			`"Criteria": {"@id": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#Criteria", "@language": "en"}`, "Criteria"},
		"added prefix": {`"id": "@id"`, `"xsd": "https://www.w3.org/2001/XMLSchema#", "id": "@id"`, "xsd"},
		"outer prefix": {`"@type": "https://www.w3.org/2001/XMLSchema#float"`, `"@type": "xsd:float"`, "Achievement/creditsAvailable"},
		"reverse": {`"narrative": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"`,
			`"narrative": {"@reverse": "https://purl.imsglobal.org/spec/vc/ob/vocab.html#narrative"}`, "narrative"},
		"keyword aliased": {`"type": "@type"`, `"type": "@id"`, "type"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(string(doc), change.old, change.new, 1)
			require.NotEqual(t, string(doc), changed)
			found := differences(meaning(t, doc), meaning(t, []byte(changed)))
			require.True(t, slices.ContainsFunc(found, func(d string) bool { return strings.HasPrefix(d, change.path+": ") }), "%v", found)
		})
	}
	require.Empty(t, differences(meaning(t, doc), meaning(t, doc)))
}

// TestComparerSeesTheSameMeaning: what may be written in several ways is equal.
func TestComparerSeesTheSameMeaning(t *testing.T) {
	long := `{"@context": [{"@version": 1.1}, {"@version": 1.1, "p": "https://example.org/",
		"a": {"@id": "p:a", "@container": ["@set", "@index"], "@protected": true}, "b": {"@id": "a"}}]}`
	short := `{"@context": {"@protected": false, "b": "https://example.org/a", "p": "https://example.org/",
		"a": {"@protected": true, "@container": ["@index", "@set"], "@id": "https://example.org/a"}}}`
	require.Empty(t, differences(meaning(t, []byte(long)), meaning(t, []byte(short))))
	outer := strings.Replace(`{"@context": {"p": "https://example.org/", "T": {"@id": "p:T", "@context": {"a": "X"}}}}`, "X", "p:a", 1)
	resolved := strings.Replace(outer, `"p:a"`, `"https://example.org/a"`, 1)
	require.Len(t, differences(meaning(t, []byte(outer)), meaning(t, []byte(resolved))), 1,
		"the prefix of an outer context may mean something else where the scoped one is used")
}

// requireContext checks that a document is strict JSON with a context alone.
func requireContext(t *testing.T, url string, doc []byte) {
	t.Helper()
	parsed, err := jsonx.Parse(doc, jsonx.Limits{}, nil)
	require.NoError(t, err, url)
	require.Equal(t, 1, parsed.Root().Len(), url)
	require.True(t, parsed.Root().Get("@context").Exists(), url)
	require.True(t, json.Valid(doc))
}

func meaning(t *testing.T, doc []byte) table {
	t.Helper()
	m, err := tableOf(doc)
	require.NoError(t, err)
	return m
}

// BenchmarkLookup and BenchmarkParse are what a first verification pays for the
// documents of a badge.
func BenchmarkLookup(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		contexts.Lookup(imsOB3 + "context-3.0.3.json")
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		for _, url := range []string{"https://www.w3.org/ns/credentials/v2", imsOB3 + "context-3.0.3.json"} {
			doc, _ := contexts.Lookup(url)
			if _, err := jsonx.Parse(doc, jsonx.Limits{}, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
}

func BenchmarkArchived(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		contexts.Archived(imsOB3 + "context.json")
	}
}
