package contexts_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/piprate/json-gold/ld"
	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// loader gives a JSON-LD processor the contexts of a function.
type loader func(url string) ([]byte, bool)

func (l loader) LoadDocument(url string) (*ld.RemoteDocument, error) {
	content, ok := l(url)
	if !ok {
		return nil, ld.NewJsonLdError(ld.LoadingDocumentFailed, url)
	}
	doc, err := ld.DocumentFromReader(bytes.NewReader(content))
	return &ld.RemoteDocument{DocumentURL: url, Document: doc}, err
}

// with exchanges the document of one URL.
func (l loader) with(url string, doc []byte) loader {
	return func(u string) ([]byte, bool) {
		if u == url {
			return doc, true
		}
		return l(u)
	}
}

// nquads is the canonical form of a document under the contexts of a loader.
func nquads(document []byte, l loader) (string, error) {
	var doc any
	if err := json.Unmarshal(document, &doc); err != nil {
		return "", err
	}
	options := ld.NewJsonLdOptions("")
	options.DocumentLoader = l
	options.Format = "application/n-quads"
	options.Algorithm = ld.AlgorithmURDNA2015
	canonical, err := ld.NewJsonLdProcessor().Normalize(doc, options)
	if err != nil {
		return "", err
	}
	return canonical.(string), nil
}

// samples are our own documents, each using many terms of its contexts.
func samples(t *testing.T) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	out := map[string][]byte{}
	for _, f := range files {
		doc, err := os.ReadFile(f)
		require.NoError(t, err)
		out[filepath.Base(f)] = doc
	}
	return out
}

// original loads the published contexts among the shared data.
func original(t *testing.T) loader {
	t.Helper()
	files := map[string]string{}
	for _, m := range manifest(t) {
		files[m.URL] = testkit.Shared(t, "vc/contexts/"+m.File)
	}
	for _, p := range published {
		files[p.url] = testkit.Shared(t, "ob/contexts/"+p.file)
	}
	return func(url string) ([]byte, bool) {
		doc, err := os.ReadFile(files[url])
		return doc, err == nil
	}
}

// TestSamplesExpandAlike: an independent JSON-LD processor makes the same
// dataset of a document with our contexts as with the published ones.
func TestSamplesExpandAlike(t *testing.T) {
	original := original(t)
	for name, doc := range samples(t) {
		t.Run(name, func(t *testing.T) {
			want, err := nquads(doc, original)
			require.NoError(t, err)
			require.NotEmpty(t, want)
			got, err := nquads(doc, contexts.Lookup)
			require.NoError(t, err)
			require.Equal(t, want, got)
		})
	}
}

// TestForeignSamplesExpandAlike does the same with the badges of others. A
// context that we do not know stays unknown to both sides.
func TestForeignSamplesExpandAlike(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: -short, and under the race detector another processor takes seconds for the samples")
	}
	known := original(t)
	both := func(l loader) loader {
		return func(url string) ([]byte, bool) {
			if _, ok := contexts.Lookup(url); !ok || slices.Contains(unpublished, url) {
				return nil, false
			}
			return l(url)
		}
	}
	published, ours := both(known), both(contexts.Lookup)
	compared := 0
	err := filepath.WalkDir(testkit.Shared(t, "ob/samples/valid"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".json" {
			return err
		}
		doc, err := os.ReadFile(path)
		if err != nil || len(doc) > 64<<10 {
			return err // the processor takes quadratic time
		}
		want, wantErr := nquads(doc, published)
		got, gotErr := nquads(doc, ours)
		require.Equal(t, fmt.Sprint(wantErr), fmt.Sprint(gotErr), path)
		require.Equal(t, want, got, path)
		if wantErr == nil && want != "" {
			compared++
		}
		return nil
	})
	require.NoError(t, err)
	require.Greater(t, compared, 100)
}

// TestTrapsInTheDataset: the oddities arrive in the canonical form.
func TestTrapsInTheDataset(t *testing.T) {
	docs := samples(t)
	for name, wants := range map[string][]string{
		"badge-3.0.json": {
			`"^^<https://www.w3.org/2001/XMLSchema#string>`, `<https://purl.imsglobal.org/spec/vc/ob/vocab.html#Profile> <`,
		},
		"badge-3.0.1.json": {`"^^<https://www.w3.org/2001/XMLSchema#dateTime>`, `vocab.html#Image> <https://badges.example/image>`},
		"badge-3.0.3.json": {`"^^<xsd:dateTime>`, `rdf-syntax-ns#first> "pass"`},
		"clr-2.0.1.json":   {`"^^<xsd:boolean>`, `"^^<xsd:anyURI>`},
	} {
		got, err := nquads(docs[name], contexts.Lookup)
		require.NoError(t, err, name)
		for _, want := range wants {
			require.Contains(t, got, want, name)
		}
	}
}

// TestArchivedStatesCanHaveBeenSigned: each state expands a whole badge, and to
// something else than the present content does.
func TestArchivedStatesCanHaveBeenSigned(t *testing.T) {
	for _, version := range []string{"3.0", "3.0.1", "3.0.2", "3.0.3"} {
		url := imsOB3 + "context-" + version + ".json"
		if version == "3.0" {
			url = imsOB3 + "context.json"
		}
		doc := samples(t)["badge-"+version+".json"]
		seen := map[string]string{}
		check := func(name string, l loader) {
			got, err := nquads(doc, l)
			require.NoError(t, err, "%s %s", url, name)
			require.Empty(t, seen[got], "%s %s has the dataset of another state", url, name)
			seen[got] = name
		}
		check("present", contexts.Lookup)
		for _, s := range contexts.Archived(url) {
			check(s.Date, loader(contexts.Lookup).with(url, s.Document))
		}
	}
}

// TestStatesLeftOutCannotHaveBeenSigned gives the reason for each published
// state that is not archived although its meaning is its own.
func TestStatesLeftOutCannotHaveBeenSigned(t *testing.T) {
	history := func(file string) []byte { return testkit.ReadShared(t, "ob/contexts/ob3-history/"+file) }
	require.False(t, json.Valid(history("context-3.0.2_2023-06-21_718634d.json")))
	for version, file := range map[string]string{
		"3.0.2": "context-3.0.2_2023-07-14_7acc924.json",
		"3.0.3": "context-3.0.3_2023-10-11_dd8e1cd.json",
	} {
		url := fmt.Sprintf("%scontext-%s.json", imsOB3, version)
		_, err := nquads(samples(t)["badge-"+version+".json"], loader(contexts.Lookup).with(url, history(file)))
		require.ErrorContains(t, err, "protected term redefinition", file)
	}
}

// TestEveryDocumentIsAValidContext: a processor accepts each document and state
// with all its scoped contexts.
func TestEveryDocumentIsAValidContext(t *testing.T) {
	for _, url := range contexts.URLs() {
		text := fmt.Appendf(nil, `{"@context": %q, "@id": "urn:x:1", "@type": "urn:x:T"}`, url)
		_, err := nquads(text, contexts.Lookup)
		require.NoError(t, err, url)
		for _, s := range contexts.Archived(url) {
			_, err := nquads(text, loader(contexts.Lookup).with(url, s.Document))
			require.NoError(t, err, "%s %s", url, s.Date)
		}
	}
}
