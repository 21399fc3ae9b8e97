package peertest_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/contexts"
	"github.com/laurel-edu/laurel/internal/jsonld"
	"github.com/laurel-edu/laurel/internal/jsonx"
	"github.com/laurel-edu/laurel/internal/rdf"
	"github.com/laurel-edu/laurel/internal/test/peer"
	"github.com/laurel-edu/laurel/internal/test/testkit"
)

// canonicalProgram prints the canonical form of each document of a file, in safe
// mode and with the options that the peer's cryptosuites use.
const canonicalProgram = `
import jsonld from 'jsonld';
import fs from 'node:fs';
const {contexts, files} = JSON.parse(fs.readFileSync(process.argv[2]));
const documentLoader = async url => {
  if (!(url in contexts)) throw new Error('unknown context ' + url);
  return {contextUrl: null, documentUrl: url, document: JSON.parse(contexts[url])};
};
for (const file of files) {
  let row = {file};
  try {
    const document = JSON.parse(fs.readFileSync(file));
    delete document.proof;
    row.form = await jsonld.canonize(document, {algorithm: 'RDFC-1.0', format: 'application/n-quads', safe: true, base: null,
      rdfDirection: 'i18n-datatype', documentLoader, canonizeOptions: {maxWorkFactor: 3}});
  } catch (e) { row.error = e.message + ' ' + (e.details?.event?.code ?? e.details?.code ?? ''); }
  console.log(JSON.stringify(row));
}
`

// canonicalRow is a line of the program's answer.
type canonicalRow struct{ File, Form, Error string }

// canonicalByPeer has the peer canonicalise files, under the contexts that we know.
func canonicalByPeer(t *testing.T, files []string) []canonicalRow {
	t.Helper()
	text, err := json.Marshal(map[string]any{"contexts": peer.Contexts(), "files": files})
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "in.json")
	require.NoError(t, os.WriteFile(path, text, 0o600))
	var rows []canonicalRow
	for d := json.NewDecoder(bytes.NewReader(peer.Run(t, canonicalProgram, path))); d.More(); {
		var row canonicalRow
		require.NoError(t, d.Decode(&row))
		rows = append(rows, row)
	}
	require.Len(t, rows, len(files))
	return rows
}

// canonical is our form of a document without its proof, in strict mode. Contexts
// in the document are allowed here: what they mean is compared too.
func canonical(e *jsonld.Engine, text []byte) (string, error) {
	doc, err := jsonx.Parse(text, jsonx.Limits{}, e.Symbols())
	if err != nil {
		return "", err
	}
	var d rdf.Dataset
	if _, err = e.ToRDF(context.Background(), jsonld.Input{Root: doc.Root(), Skip: doc.Root().Get("proof")}, &d); err != nil {
		return "", err
	}
	c, err := rdf.Canonicalize(context.Background(), &d, rdf.Options{})
	if err != nil {
		return "", err
	}
	defer c.Release()
	return string(c.NQuads()), nil
}

// compareForms requires that whatever both sides canonicalise has one form, and
// returns how many documents were compared so. Which documents a side refuses is
// its own policy and is only logged.
func compareForms(t *testing.T, files []string) int {
	t.Helper()
	engine := jsonld.New(jsonld.Config{Documents: contexts.Lookup,
		Policy: jsonld.Policy{AllowInline: true, AllowNested: true, AllowVocab: true, AllowImport: true}})
	compared := 0
	for _, row := range canonicalByPeer(t, files) {
		text, err := os.ReadFile(row.File)
		require.NoError(t, err)
		form, err := canonical(engine, text)
		switch {
		case err == nil && row.Error == "":
			require.Equal(t, row.Form, form, row.File)
			compared++
		case err == nil:
			t.Logf("%s: the peer alone refuses: %s", row.File, row.Error)
		case row.Error == "":
			t.Logf("%s: we alone refuse: %v", row.File, err)
		}
	}
	return compared
}

// Our credentials have one canonical form, whoever makes it.
func TestCanonicalForms(t *testing.T) {
	peer.Folder(t)
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	for i := range files {
		files[i], err = filepath.Abs(files[i])
		require.NoError(t, err)
	}
	require.Equal(t, len(files), compareForms(t, files))
}

// The same for the samples of the shared data.
func TestCanonicalFormsOfSamples(t *testing.T) {
	peer.Folder(t)
	var files []string
	err := filepath.WalkDir(testkit.Shared(t, "ob/samples"), func(path string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(path, ".json") {
			files = append(files, path)
		}
		return err
	})
	require.NoError(t, err)
	compared := compareForms(t, files)
	t.Logf("%d of %d documents have a form, the same on both sides", compared, len(files))
	require.Positive(t, compared)
}
