package contexts_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// published are the published documents among the shared data that are not in
// its manifest; a URL may have several copies.
var published = []struct{ url, file string }{
	{"https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json", "clr2/context-2.0.1.json"},
	{"https://purl.imsglobal.org/spec/clr/v2p0/context.json", "clr2/context.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json", "ob3/context-3.0.1.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json", "ob3/context-3.0.2.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json", "ob3/context-3.0.3.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context.json", "ob3/context.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld", "ob3/context.json"},
	{"https://purl.imsglobal.org/spec/ob/v3p0/extensions.json", "ob3/extensions.json"},
	{"https://w3c-ccg.github.io/vc-ed/plugfest-1-2022/jff-vc-edu-plugfest-1-context.json", "thirdparty/jff-vc-edu-plugfest-1-context.json"},
	{"https://w3id.org/dcc/v1", "thirdparty/dcc-v1.json"},
	{"https://w3id.org/openbadges/v1", "ob2/v1-context.json"},
	{"https://w3id.org/openbadges/v2", "ob2/v2-context.json"},
	{"https://w3id.org/security/data-integrity/v1", "w3c/data-integrity-v1.jsonld"},
	{"https://w3id.org/security/data-integrity/v2", "w3c/data-integrity-v2.jsonld"},
	{"https://w3id.org/security/jwk/v1", "w3c/jwk-v1.jsonld"},
	{"https://w3id.org/security/multikey/v1", "w3c/multikey-v1.jsonld"},
	{"https://w3id.org/security/suites/ed25519-2018/v1", "w3c/suites-ed25519-2018.jsonld"},
	{"https://w3id.org/security/suites/ed25519-2020/v1", "w3c/security-suites-ed25519-2020-v1.jsonld"},
	{"https://w3id.org/security/suites/ed25519-2020/v1", "w3c/suites-ed25519-2020.jsonld"},
	{"https://w3id.org/security/suites/jws-2020/v1", "w3c/suites-jws-2020.jsonld"},
	{"https://w3id.org/security/v1", "w3c/security-v1.jsonld"},
	{"https://w3id.org/security/v2", "w3c/security-v2.jsonld"},
	{"https://w3id.org/vc/status-list/2021/v1", "w3c/status-list-2021-v1.jsonld"},
	{"https://www.w3.org/2018/credentials/examples/v1", "w3c/2018-credentials-examples-v1.jsonld"},
	{"https://www.w3.org/2018/credentials/v1", "w3c/2018-credentials-v1.jsonld"},
	{"https://www.w3.org/ns/cid/v1", "w3c/cid-v1.jsonld"},
	{"https://www.w3.org/ns/credentials/status/v1", "w3c/status-v1.jsonld"},
	{"https://www.w3.org/ns/credentials/undefined-terms/v2", "w3c/undefined-terms-v2.jsonld"},
	{"https://www.w3.org/ns/credentials/v2", "w3c/credentials-v2.jsonld"},
	{"https://www.w3.org/ns/did/v1", "w3c/did-v1.jsonld"},
}

// unpublished are the known URLs without a published copy among the shared data.
var unpublished = []string{"https://w3id.org/openbadges/legacy-v1"}

func TestDocumentsMeanWhatIsPublished(t *testing.T) {
	compared := map[string]bool{}
	for _, p := range published {
		t.Run("ob/"+p.file, func(t *testing.T) {
			requireEqualMeaning(t, testkit.ReadShared(t, "ob/contexts/"+p.file), lookup(t, p.url))
		})
		compared[p.url] = true
	}
	for _, m := range manifest(t) {
		doc, ok := contexts.Lookup(m.URL)
		if !ok {
			continue
		}
		t.Run("vc/"+m.File, func(t *testing.T) {
			requireEqualMeaning(t, testkit.ReadShared(t, "vc/contexts/"+m.File), doc)
		})
		compared[m.URL] = true
	}
	for _, url := range contexts.URLs() {
		if !compared[url] {
			require.Contains(t, unpublished, url, "known, but compared with nothing")
		}
	}
}

// entry is a line of the manifest of published contexts.
type entry struct {
	URL  string `json:"url"`
	File string `json:"file"`
}

func manifest(t *testing.T) []entry {
	t.Helper()
	var entries []entry
	require.NoError(t, json.Unmarshal(testkit.ReadShared(t, "vc/contexts/manifest.json"), &entries))
	require.NotEmpty(t, entries)
	return entries
}

// TestArchivedStatesMeanWhatWasPublished compares each state with the file that
// has its date in its name, and sees that no published state is left out but
// those that are named here with their reason.
func TestArchivedStatesMeanWhatWasPublished(t *testing.T) {
	const base = "https://purl.imsglobal.org/spec/ob/v3p0/"
	leftOut := map[string]string{
		"context_2022-10-12_a3c2072.json":       "is the present content",
		"context-3.0.1_2023-05-23_e6f36ce.json": "is the present content",
		"context-3.0.2_2023-07-14_e2655da.json": "is the present content",
		"context-3.0.2_2023-06-21_718634d.json": "is not JSON",
		"context-3.0.2_2023-07-14_7acc924.json": "redefines a protected term",
		"context-3.0.3_2023-10-11_dd8e1cd.json": "redefines a protected term",
		"context-3.0.3_2023-10-26_f4226e3.json": "means the same as the state of 2023-12-13",
	}
	files, err := os.ReadDir(testkit.Shared(t, "ob/contexts/ob3-history"))
	require.NoError(t, err)
	compared := 0
	for _, f := range files {
		if leftOut[f.Name()] != "" {
			continue
		}
		t.Run(f.Name(), func(t *testing.T) {
			name, date := historic(t, f.Name())
			state := archived(t, base+name, date)
			requireEqualMeaning(t, testkit.ReadShared(t, "ob/contexts/ob3-history/"+f.Name()), state.Document)
		})
		compared++
	}
	require.Equal(t, len(files)-len(leftOut), compared)

	t.Run("present content", func(t *testing.T) {
		for file, why := range leftOut {
			if why == "is the present content" {
				name, _ := historic(t, file)
				requireEqualMeaning(t, testkit.ReadShared(t, "ob/contexts/ob3-history/"+file), lookup(t, base+name))
			}
		}
		requireEqualMeaning(t,
			testkit.ReadShared(t, "ob/contexts/ob3-history/context-3.0.3_2023-10-26_f4226e3.json"),
			archived(t, base+"context-3.0.3.json", "2023-12-13").Document)
	})
	t.Run("Open Badges 2.0", func(t *testing.T) {
		requireEqualMeaning(t, testkit.ReadShared(t, "ob/contexts/ob2/obv2x.jsonld"),
			archived(t, "https://w3id.org/openbadges/v2", "2017-01-30").Document)
	})
}

// historic takes the name of a historic file apart: name_date_commit.json.
func historic(t *testing.T, file string) (name, date string) {
	t.Helper()
	parts := strings.Split(file, "_")
	require.Len(t, parts, 3)
	return parts[0] + filepath.Ext(file), parts[1]
}

func archived(t *testing.T, url, date string) contexts.State {
	t.Helper()
	for _, s := range contexts.Archived(url) {
		if s.Date == date {
			return s
		}
	}
	require.FailNow(t, "no archived state", "%s of %s", url, date)
	return contexts.State{}
}

func lookup(t *testing.T, url string) []byte {
	t.Helper()
	doc, ok := contexts.Lookup(url)
	require.True(t, ok, url)
	return doc
}

func requireEqualMeaning(t *testing.T, published, ours []byte) {
	t.Helper()
	p, err := tableOf(published)
	require.NoError(t, err)
	o, err := tableOf(ours)
	require.NoError(t, err)
	require.NotEmpty(t, p)
	require.Empty(t, differences(p, o))
}
