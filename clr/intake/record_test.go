package intake_test

import (
	"archive/zip"
	"bytes"
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/did"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// recording is a record of many issuers with the web that it is read against.
type recording struct {
	world  *obtest.World
	upload []byte
	config intake.Config
	over   bool // nothing may be asked any more
}

// newRecording makes a record with entries by issuers of every method, with status lists, and
// one whose host is down.
func newRecording(t *testing.T) *recording {
	t.Helper()
	r := &recording{world: obtest.New(obtest.Config{Seed: "record"})}
	var entries [][]byte
	for i, m := range obtest.Methods() {
		entries = append(entries, r.badge(t, fmt.Sprintf("school%d", i), m, i+1))
	}
	entries = append(entries, r.badge(t, "away", obtest.DIDWeb, 9))
	registrar, err := r.world.Issuer("registrar", obtest.HTTPS, obtest.Ed25519)
	require.NoError(t, err)
	r.upload, err = registrar.Secure(registrar.Record(1, "did:example:learner", entries...), "")
	require.NoError(t, err)
	r.world.Web.Break("https://away.example", obtest.Down)
	r.config.Verify = verify.Config{Now: r.world.Now, Limits: verify.Limits{MaxFetches: 32},
		Fetcher: fetch.Observe(r.world.Web, func(url string, _ *fetch.Response, _ error) { require.False(t, r.over, url) })}
	return r
}

func (r *recording) badge(t *testing.T, issuer string, m obtest.Method, number int) []byte {
	t.Helper()
	i, err := r.world.Issuer(issuer, m, obtest.Ed25519)
	require.NoError(t, err)
	entries, err := i.Lists.Entries(t.Context())
	require.NoError(t, err)
	badge, err := i.Secure(i.Badge(obtest.Badge{Number: number, Status: entries}), "")
	require.NoError(t, err)
	return badge
}

// record reads and records, after which nothing may be asked.
func (r *recording) record(t *testing.T, o intake.Options) *intake.Record {
	t.Helper()
	reader, err := intake.New(r.config)
	require.NoError(t, err)
	_, record, err := reader.Record(t.Context(), r.upload, o)
	require.NoError(t, err)
	r.over = true
	return again(t, record)
}

// again writes a record and reads it back.
func again(t *testing.T, record *intake.Record) *intake.Record {
	t.Helper()
	text, err := record.JSON()
	require.NoError(t, err)
	back, err := intake.ParseRecord(text)
	require.NoError(t, err)
	twice, err := back.JSON()
	require.NoError(t, err)
	require.Equal(t, string(text), string(twice))
	return back
}

// A record says when, of what, by what policy and version, with which keys and documents, and
// what was found.
func TestRecord(t *testing.T) {
	r := newRecording(t)
	record := r.record(t, intake.Options{Holder: "ana@example.org", Expect: verify.Expect{Challenge: "c-1"}})
	require.Equal(t, r.world.Now().UTC(), record.At)
	require.Equal(t, len(r.upload), record.Upload.Bytes)
	require.Len(t, record.Upload.SHA256, 64)
	require.NotEmpty(t, record.Library)
	require.Equal(t, 32, record.Policy.Limits["maxFetches"])
	require.Equal(t, "network", record.Policy.Fetcher)
	require.Equal(t, intake.Asked{Challenge: "c-1", Holder: true}, record.Asked)
	require.Len(t, record.Keys, 5, "of the record, and of four entries")
	require.Contains(t, record.Keys[0].By, "https://registrar.example/issuer#key-1")

	answered, failed := 0, 0
	for _, s := range record.Sources {
		if s.Code != "" {
			failed++
			require.Equal(t, "https://away.example/.well-known/did.json", s.Asked)
			require.Equal(t, string(fetch.CodeNetwork), s.Code)
			continue
		}
		answered++
		require.Equal(t, "network", s.From)
		require.NotEmpty(t, s.Text)
		require.False(t, s.FetchedAt.IsZero())
	}
	require.Equal(t, 1, failed)
	require.Equal(t, 11, answered, "three documents with keys, eight status lists")

	require.Equal(t, "verified", record.Found.State)
	require.Len(t, record.Found.Entries, 5)
	require.Equal(t, "own-proof", record.Found.Entries[0].Standing)
	require.Equal(t, []vc.Code{verify.CodeKeyUnavailable}, record.Found.Entries[4].Codes)

	text, err := record.JSON()
	require.NoError(t, err)
	require.NotContains(t, string(text), "ana@example.org", "who is known to be the holder")
	require.NotContains(t, string(text), "proofValue\":\"z2", "the upload")
	require.Contains(t, strings.Join(record.Holds, " "), "not the upload")
}

// A bundle, and an upload by its address, are recorded like any other.
func TestRecordOfBundle(t *testing.T) {
	r := newRecording(t)
	var archive bytes.Buffer
	w := zip.NewWriter(&archive)
	for _, name := range []string{"a.json", "b.json"} {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = f.Write(r.upload)
		require.NoError(t, err)
	}
	require.NoError(t, w.Close())
	single := r.upload
	r.upload = archive.Bytes()
	record := r.record(t, intake.Options{})
	require.Len(t, record.Found.Entries, 12)
	require.Len(t, record.Found.Reports, 3)
	replayed, err := intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{Now: r.world.Now})
	require.NoError(t, err)
	require.Empty(t, replayed.Differs)
	require.Empty(t, replayed.Since)

	r.over, r.config.FetchURL = false, true
	r.world.Web.Put("https://learner.example/record", "application/json", single)
	r.upload = []byte("https://learner.example/record")
	record = r.record(t, intake.Options{})
	require.Len(t, record.Found.Entries, 5)
	replayed, err = intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{Now: r.world.Now})
	require.NoError(t, err)
	require.Empty(t, replayed.Differs)
}

// What is plugged in is recorded by its answers: trust packs, what they say of keys, resolvers
// that ask somebody and that do not, and the operator's own functions.
func TestRecordOfPlugIns(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "plug-ins"})
	school, err := world.Issuer("school", obtest.DIDWeb, obtest.Ed25519)
	require.NoError(t, err)
	page, err := world.Issuer("page", obtest.HTTPS, obtest.Ed25519)
	require.NoError(t, err)
	document := get(t, world, "https://school.example/.well-known/did.json")
	moved := func(id string) []byte {
		return bytes.ReplaceAll(document, []byte("did:web:school.example"), []byte(id))
	}
	signed := func(i *obtest.Issuer, id string) []byte {
		badge, err := i.Sign(bytes.ReplaceAll(i.Badge(obtest.Badge{Number: 1}), []byte(`"`+i.ID+`"`), []byte(`"`+id+`"`)),
			func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })
		require.NoError(t, err)
		return badge
	}
	static, err := did.NewStatic(document)
	require.NoError(t, err)
	parsed := static["did:web:school.example"]
	own := did.ResolverFunc(func(_ context.Context, id string) (*did.Document, error) {
		if id == parsed.ID() {
			return parsed, nil
		}
		return nil, did.NewError(did.CodeNotFound, "nobody", nil)
	})
	key := get(t, world, page.VerificationMethod)
	for name, test := range map[string]struct {
		upload   []byte
		config   verify.Config
		standing intake.Standing
		from     string
	}{
		"a pack":     {signed(school, school.ID), verify.Config{Fetcher: packOf(t, school.ID, document)}, intake.StandingOwnProof, "trust pack"},
		"a key":      {signed(page, page.ID), verify.Config{Fetcher: packOf(t, page.VerificationMethod, key)}, intake.StandingOwnProof, "trust pack"},
		"not in it":  {signed(school, school.ID), verify.Config{Fetcher: packOf(t, "did:web:other.example", moved("did:web:other.example"))}, intake.StandingNotChecked, ""},
		"offline":    {signed(school, school.ID), verify.Config{Fetcher: fetch.Offline{}}, intake.StandingNotChecked, "nobody"},
		"in front":   {signed(school, school.ID), verify.Config{Fetcher: fetch.Layered(packOf(t, "did:web:other.example", moved("did:web:other.example")), world.Web)}, intake.StandingOwnProof, "network"},
		"a resolver": {signed(school, school.ID), verify.Config{Resolver: own}, intake.StandingOwnProof, "resolver"},
		"at hand":    {signed(school, school.ID), verify.Config{Resolver: static}, intake.StandingOwnProof, "resolver at hand"},
		"a mux":      {signed(school, school.ID), verify.Config{Resolver: did.Mux{"web": static, "other": own}}, intake.StandingOwnProof, "resolver at hand"},
		"deactivated": {signed(school, school.ID), verify.Config{Resolver: did.ResolverFunc(func(context.Context, string) (*did.Document, error) {
			return parsed.AsDeactivated(), nil
		})}, intake.StandingForged, "resolver"},
		"nobody": {signed(school, "did:web:school.example"), verify.Config{Resolver: did.ResolverFunc(func(context.Context, string) (*did.Document, error) {
			return nil, did.NewError(did.CodeNotFound, "nobody", nil)
		})}, intake.StandingForged, "resolver"},
		"an agent": {signed(school, "did:web:college.example"), verify.Config{Fetcher: world.Web, Authorize: func(issuer, controller string) bool {
			return issuer == "did:web:college.example" && controller == school.ID
		}}, intake.StandingOwnProof, "network"},
		"no agent": {signed(school, "did:web:college.example"), verify.Config{Fetcher: world.Web, Authorize: func(string, string) bool { return false }},
			intake.StandingForged, "network"},
	} {
		t.Run(name, func(t *testing.T) {
			test.config.Now = world.Now
			asked := 0
			reader, err := intake.New(intake.Config{Verify: test.config, Issuer: func(_ context.Context, id string) (intake.Listed, bool) {
				asked++
				return intake.Listed{Name: "Harbour School", Registry: "Pilot"}, id == school.ID
			}})
			require.NoError(t, err)
			plain, err := reader.Read(t.Context(), test.upload, intake.Options{})
			require.NoError(t, err)
			reading, record, err := reader.Record(t.Context(), test.upload, intake.Options{})
			require.NoError(t, err)
			require.Equal(t, string(plain.Envelope.Report.AppendJSON(nil)), string(reading.Envelope.Report.AppendJSON(nil)), "to record changes nothing")
			for e := range reading.Entries() {
				require.Equal(t, test.standing, e.Standing, e.Report().Codes())
			}
			if test.from != "" {
				require.NotEmpty(t, record.Sources)
				require.Equal(t, test.from, record.Sources[0].From)
			}
			before := asked
			replayed, err := intake.Replay(t.Context(), again(t, record), test.upload, intake.ReplayOptions{Now: world.Now})
			require.NoError(t, err)
			require.Empty(t, replayed.Differs)
			require.Equal(t, before, asked)
			for e := range reading.Entries() {
				for f := range replayed.Then.Entries() {
					require.Equal(t, e.Listed, f.Listed)
				}
			}
		})
	}
}

func get(t *testing.T, world *obtest.World, url string) []byte {
	t.Helper()
	r, err := world.Web.Fetch(t.Context(), url)
	require.NoError(t, err)
	return r.Body
}

func packOf(t *testing.T, key string, document []byte) *fetch.Pack {
	t.Helper()
	p, err := fetch.ParsePack([]byte(`{"` + key + `": ` + string(document) + `}`))
	require.NoError(t, err)
	return p
}
