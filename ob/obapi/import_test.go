package obapi_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/hub"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/ob/obapi"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/issue"
)

var ada = hub.Owner{Tenant: "demo", User: "ada"}

// drawing is an image without a credential.
const drawing = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path d="M0 0h1v1z"/></svg>`

// dot is a PNG of one point.
const dot = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="

// folder is what a person may bring.
func folder(t *testing.T) fstest.MapFS {
	t.Helper()
	ed := school.Ed(t, 1)
	badge := func(n int) []byte { return school.Sign(t, ed, ed.Badge(obtest.Badge{Number: n}), nil) }
	baked, err := bake.Bake([]byte(drawing), badge(3), bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(t, err)
	point, err := base64.StdEncoding.DecodeString(dot)
	require.NoError(t, err)
	picture, err := bake.Bake(point, badge(5), bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(t, err)
	file := func(text []byte) *fstest.MapFile { return &fstest.MapFile{Data: text} }
	return fstest.MapFS{
		"1.json": file(badge(1)), "sub/2.txt": file(in(t, ed, ed.Badge(obtest.Badge{Number: 2}), issue.VCJWT)), "sub/3.svg": file(baked),
		"sub/deep/4": file(school.Sign(t, ed, ed.Record(4, "did:example:ada", badge(1)), nil)), "5.png": file(picture),
		"6 again.json": file(badge(1)), "7 empty.svg": file([]byte(drawing)), "8 unsigned.json": file(ed.Badge(obtest.Badge{Number: 8})),
		"9 notes.txt": file([]byte("remember the milk")), "99 empty": file(nil),
	}
}

// imported collects what became of files: the outcome, or the code of the problem.
func imported(t *testing.T, k *obapi.Keeper, files fs.FS, o obapi.ImportOptions) (map[string]string, error) {
	t.Helper()
	all := map[string]string{}
	for f, err := range k.Import(t.Context(), ada, files, o) {
		if err != nil {
			return all, err
		}
		all[f.Path] = f.Outcome.String()
		if f.Err != nil {
			p, ok := errors.AsType[*vc.Problem](f.Err)
			require.True(t, ok, "%s: %v", f.Path, f.Err)
			all[f.Path] = string(p.Code)
		}
	}
	return all, nil
}

// A folder and a zip of it give the same, and once more nothing.
func TestImport(t *testing.T) {
	files := folder(t)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	require.NoError(t, w.AddFS(files))
	require.NoError(t, w.Close())
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	want := map[string]string{"1.json": "created", "sub/2.txt": "created", "sub/3.svg": "created", "sub/deep/4": "created", "5.png": "created",
		"6 again.json": "unchanged", "7 empty.svg": "bake-no-credential", "8 unsigned.json": "proof-missing", "9 notes.txt": "format-text",
		"99 empty": "format-empty"}
	for _, from := range []fs.FS{files, z} {
		store := &hub.Memory{}
		k := keeper(t, func(c *obapi.KeeperConfig) { c.Store = store })
		got, err := imported(t, k, from, obapi.ImportOptions{})
		require.NoError(t, err)
		require.Equal(t, want, got)
		for kind, n := range map[hub.Kind]int{hub.KindBadge: 4, hub.KindRecord: 1} {
			page, err := store.List(t.Context(), ada, hub.Query{Kind: kind})
			require.NoError(t, err)
			require.Len(t, page.Entries, n)
		}
		again, err := imported(t, k, from, obapi.ImportOptions{})
		require.NoError(t, err)
		require.Equal(t, "unchanged", again["sub/3.svg"])
	}
}

// What unpacks to more than is read is passed over, and too many files end an import.
func TestImportBounds(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	f, err := w.Create("bomb")
	require.NoError(t, err)
	_, err = f.Write(make([]byte, 10<<20))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	require.NoError(t, err)
	k := keeper(t, nil)
	got, err := imported(t, k, z, obapi.ImportOptions{MaxFile: 1 << 20})
	require.NoError(t, err)
	require.Equal(t, map[string]string{"bomb": string(vc.CodeTooLarge)}, got)
	_, err = imported(t, k, folder(t), obapi.ImportOptions{MaxFiles: 3})
	require.ErrorIs(t, err, obapi.ErrTooManyFiles)
	_, err = imported(t, k, os.DirFS(filepath.Join(t.TempDir(), "none")), obapi.ImportOptions{})
	require.ErrorIs(t, err, fs.ErrNotExist)
	down := errors.New("down")
	k = keeper(t, func(c *obapi.KeeperConfig) { c.Store = &failing{&hub.Memory{}, down} })
	_, err = imported(t, k, folder(t), obapi.ImportOptions{})
	require.ErrorContains(t, err, "down")
}

// What an operator exported of somebody comes back only as what it is.
func TestCheckOfExports(t *testing.T) {
	k := keeper(t, nil)
	ed := school.Ed(t, 1)
	signed := school.Sign(t, ed, ed.Badge(obtest.Badge{Number: 1}), nil)
	s, _, err := k.Keep(t.Context(), ada, signed)
	require.NoError(t, err)
	require.NoError(t, k.Check(t.Context(), ada, s.Credential))
	for name, change := range map[string]func(*hub.Credential){
		"another issuer": func(c *hub.Credential) { c.Issuer = "https://bank.example" },
		"another id":     func(c *hub.Credential) { c.ID = "urn:x" },
		"another date":   func(c *hub.Credential) { c.ValidFrom = c.ValidFrom.AddDate(1000, 0, 0) },
		"another form":   func(c *hub.Credential) { c.Form = vc.FormJWT },
		"another kind":   func(c *hub.Credential) { c.Kind = hub.KindRecord },
	} {
		c := s.Credential
		change(&c)
		require.ErrorIs(t, k.Check(t.Context(), ada, c), &vc.Problem{Code: obapi.CodeOther}, name)
	}
	forged := s.Credential
	forged.Raw = bytes.Replace(signed, []byte("Keel"), []byte("Heel"), 1)
	require.ErrorIs(t, k.Check(t.Context(), ada, forged), &vc.Problem{Code: "signature-invalid"})
}

// OnFetch sees what is asked for, by host alone.
func TestOnFetch(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "fetch", At: testNow()})
	web, err := world.Issuer("harbour", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	var told []obapi.Fetch
	k := keeper(t, func(c *obapi.KeeperConfig) {
		c.Verify.Fetcher = world.Web
		c.OnFetch = func(f obapi.Fetch) { told = append(told, f); panic("in a hook") }
	})
	signed := school.Sign(t, web, web.Badge(obtest.Badge{Number: 1}), nil)
	_, outcome, err := k.Keep(context.Background(), ada, signed)
	require.NoError(t, err)
	require.Equal(t, hub.OutcomeCreated, outcome)
	require.Equal(t, "harbour.example", told[0].Host)
	require.Empty(t, told[0].Code)
	world.Web.Break("https://harbour.example", obtest.Down)
	_, _, err = k.Keep(context.Background(), ada, school.Sign(t, web, web.Badge(obtest.Badge{Number: 2}), nil))
	temporary, ok := errors.AsType[*fetch.Error](err)
	require.True(t, ok)
	require.True(t, temporary.Temporary())
	require.Equal(t, string(fetch.CodeNetwork), told[len(told)-1].Code)
}
