package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/ob/bake"
	"github.com/laurel-edu/laurel/vc"
)

// packed is a file of an archive.
type packed struct {
	name    string
	content []byte
	edit    func(*zip.FileHeader)
}

func pack(t testing.TB, files ...packed) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range files {
		h := &zip.FileHeader{Name: f.name, Method: zip.Deflate}
		if f.edit != nil {
			f.edit(h)
		}
		to, err := w.CreateHeader(h)
		require.NoError(t, err)
		_, err = to.Write(f.content)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	return b.Bytes()
}

func artwork(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 8))))
	return b.Bytes()
}

// A bundle holds files of every kind; each has its entries, under its name.
func TestBundle(t *testing.T) {
	d := newDesk(t)
	badge := func() object { return d.signed(d.academy, d.badge(d.academy, credits(1, ""))) }
	baked, err := bake.Bake(artwork(t), d.text(badge()), bake.OpenBadge3, bake.BakeOptions{})
	require.NoError(t, err)
	twice := d.text(badge())
	record := d.text(d.signed(d.wallet, d.record(d.wallet, nil, badge(), d.edited(twice, nil))))
	r := d.read(pack(t,
		packed{name: "a/"}, packed{name: "__MACOSX/a/._b.json", content: []byte("x")},
		packed{name: "a/b.json", content: twice},
		packed{name: "a/c.jwt", content: []byte(d.token(d.academy, d.badge(d.academy, credits(1, ""))))},
		packed{name: "d.png", content: baked},
		packed{name: "record.json", content: record},
		packed{name: "read me.txt", content: []byte("My badges, with thanks for your time.")},
		packed{name: "inner.zip", content: pack(t, packed{name: "e.json", content: d.text(badge())})},
	))
	require.Equal(t, intake.KindBundle, r.Kind)
	require.Equal(t, intake.EnvelopeUnsigned, r.Envelope.State)
	var places []string
	for _, e := range entries(r) {
		places = append(places, e.Member+" "+e.Pointer+" "+string(e.Kind))
		if e.Kind == intake.KindBadge {
			require.Equal(t, intake.StandingOwnProof, e.Standing)
		}
	}
	require.Equal(t, []string{"a/b.json  badge", "a/c.jwt  badge", "d.png  badge", "record.json  record", "record.json " + at0 + " badge",
		"record.json " + at1 + " badge", "inner.zip!/e.json  badge"}, places)
	require.Contains(t, entries(r)[5].Flags, intake.FlagDuplicate, "across files")
	require.Equal(t, "5", r.Credits()[intake.StandingOwnProof].String())
	require.Len(t, r.Unread, 1)
	require.Equal(t, "read me.txt", r.Unread[0].Member)
	require.Contains(t, r.Envelope.Codes, vc.Code("format-text"))
}

// Each limit of archives is met, and said.
func TestBundleLimits(t *testing.T) {
	d := newDesk(t)
	badge := d.text(d.signed(d.academy, d.badge(d.academy, nil)))
	one := packed{name: "one.json", content: badge}
	spaces := bytes.Repeat([]byte(" "), 4<<20)
	for name, c := range map[string]struct {
		files   []packed
		limits  intake.Limits
		code    vc.Code
		entries int
	}{
		"many files": {[]packed{one, {name: "two.json", content: badge}}, intake.Limits{Members: 1}, intake.CodeArchiveTooMany, 1},
		"a long file": {[]packed{one, {name: "two.json", content: append(badge, spaces...)}},
			intake.Limits{MemberBytes: 1 << 20, Ratio: 5000}, intake.CodeArchiveTooLarge, 1},
		"long files together": {[]packed{one, {name: "two.json", content: badge}}, intake.Limits{Bytes: len(badge) + 10},
			intake.CodeArchiveTooLarge, 1},
		"a bomb": {[]packed{{name: "bomb.json", content: spaces}, one}, intake.Limits{}, intake.CodeArchiveRatio, 1},
		"archives in archives": {[]packed{{name: "a.zip", content: pack(t, packed{name: "b.zip", content: pack(t, one)})}, one},
			intake.Limits{},
			intake.CodeArchiveTooDeep, 1},
		"no archives in archives": {[]packed{{name: "a.zip", content: pack(t, one)}, one}, intake.Limits{Depth: -1},
			intake.CodeArchiveTooDeep, 1},
		"a path that leads out": {[]packed{{name: "../a.json", content: badge}, one}, intake.Limits{}, intake.CodeArchiveName, 1},
		"an absolute path":      {[]packed{{name: "/a.json", content: badge}, one}, intake.Limits{}, intake.CodeArchiveName, 1},
		"a long name": {[]packed{{name: strings.Repeat("a", 300), content: badge}, one}, intake.Limits{},
			intake.CodeArchiveName, 1},
		"one name twice": {[]packed{one, one}, intake.Limits{}, intake.CodeArchiveName, 1},
		"a name that writes to terminals": {[]packed{{name: "a\x1b[2J.json", content: badge}, one}, intake.Limits{},
			intake.CodeArchiveName, 1},
		"a password": {[]packed{{name: "a.json", content: badge, edit: func(h *zip.FileHeader) { h.Flags |= 1 }},
			one}, intake.Limits{}, intake.CodeArchiveEncrypted, 1},
		"nothing": {nil, intake.Limits{}, intake.CodeArchiveEmpty, 0},
		"only other files": {[]packed{{name: "a.txt", content: []byte("Good morning to you.")}}, intake.Limits{},
			intake.CodeArchiveEmpty, 0},
	} {
		t.Run(name, func(t *testing.T) {
			config := d.config()
			config.Limits = c.limits
			r, err := d.readBy(config, pack(t, c.files...))
			require.NoError(t, err)
			require.Equal(t, intake.KindBundle, r.Kind)
			require.Contains(t, r.Envelope.Codes, c.code)
			require.Equal(t, c.entries, r.Len())
		})
	}
}

// What is no archive although it begins as one, and methods that nobody packs with.
func TestBrokenArchives(t *testing.T) {
	d := newDesk(t)
	whole := pack(t, packed{name: "one.json", content: d.text(d.signed(d.academy, d.badge(d.academy, nil)))})
	require.Equal(t, 1, d.read(whole).Len())
	r := d.read(whole[:len(whole)-30])
	require.Equal(t, []vc.Code{intake.CodeArchiveMalformed}, r.Envelope.Codes)
	require.Zero(t, r.Len())
	strange := bytes.Clone(whole)
	at := bytes.Index(strange, []byte("PK\x01\x02"))
	strange[at+10], strange[8] = 12, 12 // bzip2
	require.Contains(t, d.read(strange).Envelope.Codes, intake.CodeArchiveMethod)
	damaged := bytes.Clone(whole)
	damaged[60] ^= 0xff
	require.Contains(t, d.read(damaged).Envelope.Codes, intake.CodeArchiveMalformed)
}

// An image is what was baked into it, and one that carries two kinds is a bundle.
func TestImages(t *testing.T) {
	d := newDesk(t)
	badge, record := d.signed(d.academy, d.badge(d.academy, nil)), d.signed(d.wallet,
		d.record(d.wallet, nil, d.signed(d.academy, d.badge(d.academy, nil))))
	for _, art := range [][]byte{artwork(t), []byte(`<svg xmlns="http://www.w3.org/2000/svg"><circle r="9"/></svg>`)} {
		baked, err := bake.Bake(art, d.text(badge), bake.OpenBadge3, bake.BakeOptions{})
		require.NoError(t, err)
		r := d.read(baked)
		require.Equal(t, intake.KindBadge, r.Kind)
		require.Equal(t, intake.EnvelopeVerified, r.Envelope.State)
		baked, err = bake.Bake(art, d.text(record), bake.CLR2, bake.BakeOptions{})
		require.NoError(t, err)
		require.Equal(t, intake.KindRecord, d.read(baked).Kind)
		r = d.read(art)
		require.Equal(t, intake.KindOther, r.Kind)
		require.Equal(t, intake.EnvelopeUnreadable, r.Envelope.State)
		require.Equal(t, []vc.Code{bake.CodeNoCredential}, r.Envelope.Codes)
	}
}

// A URL is what stands there only where the Config says so.
func TestURL(t *testing.T) {
	d := newDesk(t)
	const url = "https://badges.example/1"
	d.world.Web.Put(url, "application/json", d.text(d.signed(d.academy, d.badge(d.academy, nil))))
	r := d.read([]byte(url))
	require.Equal(t, intake.KindOther, r.Kind)
	require.Equal(t, []vc.Code{"format-url"}, r.Envelope.Codes)
	require.Zero(t, d.world.Web.Asked(url))
	c := d.config()
	c.FetchURL = true
	r, err := d.readBy(c, []byte(" "+url+"\n"))
	require.NoError(t, err)
	require.Equal(t, intake.KindBadge, r.Kind)
	require.Equal(t, 1, d.world.Web.Asked(url))
	r, err = d.readBy(c, []byte("https://badges.example/none"))
	require.NoError(t, err)
	require.Equal(t, []vc.Code{"http-not-found"}, r.Envelope.Codes)
	_, err = intake.New(intake.Config{FetchURL: true})
	require.ErrorContains(t, err, "FetchURL without Verify.Fetcher")
}

// Whatever else comes is named.
func TestOther(t *testing.T) {
	for text, code := range map[string]vc.Code{
		"":              "format-empty",
		"%PDF-1.7 some": "format-pdf",
		`{"@context":"https://w3id.org/openbadges/v2","type":"Assertion","id":"https://a.example/1"}`: "format-open-badges-2",
		`{"@context":"x"`: "json-truncated",
		`["a"]`:           "format-array",
	} {
		r, err := intake.Read(context.Background(), []byte(text), intake.Config{})
		require.NoError(t, err)
		require.Equal(t, intake.KindOther, r.Kind)
		require.Equal(t, intake.EnvelopeUnreadable, r.Envelope.State)
		require.Contains(t, r.Envelope.Codes, code, text)
		require.Zero(t, r.Len())
		require.Empty(t, r.Claims())
		require.Empty(t, r.Graph().Associations())
		require.Empty(t, r.Transcript().Terms)
	}
}
