package intake_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/clr/intake"
	"github.com/laurel-edu/laurel/conformance/obtest"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// Ten years later nothing is asked of anybody: what was found then is found again, and of now
// is told what has ended since.
func TestReplayTenYearsLater(t *testing.T) {
	r := newRecording(t)
	record := r.record(t, intake.Options{})
	later := func() time.Time { return r.world.Now().AddDate(10, 0, 0) }
	replayed, err := intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{Now: later})
	require.NoError(t, err)
	require.Empty(t, replayed.Differs)
	require.Equal(t, 5, replayed.Then.Len())
	for e := range replayed.Now.Entries() {
		require.NotEqual(t, intake.ValidityCurrent, e.Validity, "the status lists have ended")
	}
	seen := map[vc.Code]int{}
	for _, p := range replayed.Since {
		seen[p.Code]++
		require.Equal(t, vc.SeverityWarning, p.Severity)
	}
	require.Equal(t, map[vc.Code]int{intake.CodeReplayVerdict: 4, intake.CodeReplayValidity: 4, intake.CodeReplayCodes: 4}, seen)

	replayed, err = intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{Now: r.world.Now})
	require.NoError(t, err)
	require.Empty(t, replayed.Since)
	require.Equal(t, string(replayed.Then.Envelope.Report.AppendJSON(nil)), string(replayed.Now.Envelope.Report.AppendJSON(nil)))
}

// One byte of the upload, or of what was fetched, that is another: it is refused, and where
// somebody mends the digest too, something else is found.
func TestReplayOfWhatWasChanged(t *testing.T) {
	r := newRecording(t)
	record := r.record(t, intake.Options{})
	options := intake.ReplayOptions{Now: r.world.Now}
	for at := 0; at < len(r.upload); at += 97 {
		upload := bytes.Clone(r.upload)
		upload[at] ^= 1
		_, err := intake.Replay(t.Context(), record, upload, options)
		require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeUploadDiffers})
	}
	text, err := record.JSON()
	require.NoError(t, err)
	for i, s := range record.Sources {
		if s.Code != "" {
			continue
		}
		for at := 0; at < len(s.Text); at += 101 {
			changed := *record
			changed.Sources = append([]intake.Source{}, record.Sources...)
			c := &changed.Sources[i]
			c.Text = s.Text[:at] + string(s.Text[at]^1) + s.Text[at+1:]
			_, err := intake.Replay(t.Context(), &changed, r.upload, options)
			require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeSourceAltered}, s.Asked)
			written, err := changed.JSON()
			require.NoError(t, err)
			require.NotEqual(t, string(text), string(written))
			_, err = intake.ParseRecord(written)
			require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeSourceAltered}, s.Asked)
		}
		changed := *record
		changed.Sources = append([]intake.Source{}, record.Sources...)
		c := &changed.Sources[i]
		c.Text = strings.NewReplacer(`: "z6Mk`, `: "z6Mj`, `"encodedList":"u`, `"encodedList":"x`).Replace(s.Text)
		require.NotEqual(t, s.Text, c.Text, s.Asked)
		sum := sha256.Sum256([]byte(c.Text))
		c.SHA256 = hex.EncodeToString(sum[:])
		replayed, err := intake.Replay(t.Context(), &changed, r.upload, options)
		require.NoError(t, err)
		require.NotEmpty(t, replayed.Differs, s.Asked)
	}
	changed := *record
	changed.Found.Entries = append([]intake.FoundEntry{}, record.Found.Entries...)
	changed.Found.Entries[0].Standing = "forged"
	replayed, err := intake.Replay(t.Context(), &changed, r.upload, options)
	require.NoError(t, err)
	require.Equal(t, []vc.Code{intake.CodeReplayStanding}, codesOf(replayed.Differs))
	require.Equal(t, "/credentialSubject/verifiableCredential/0", replayed.Differs[0].Pointer)
	require.Equal(t, "forged", replayed.Differs[0].Expected)
}

// What a record lacks is told and not made up.
func TestReplayRefused(t *testing.T) {
	r := newRecording(t)
	record := r.record(t, intake.Options{Holder: "did:example:learner"})
	_, err := intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{})
	require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeHolderNotGiven})
	replayed, err := intake.Replay(t.Context(), record, r.upload, intake.ReplayOptions{Holder: "did:example:learner", Now: r.world.Now})
	require.NoError(t, err)
	require.Empty(t, replayed.Differs)

	lacking := *record
	lacking.Sources = nil
	replayed, err = intake.Replay(t.Context(), &lacking, r.upload, intake.ReplayOptions{Holder: "did:example:learner", Now: r.world.Now})
	require.NoError(t, err)
	require.Equal(t, intake.EnvelopeUndetermined, replayed.Then.Envelope.State)
	require.ErrorIs(t, replayed.Then.Envelope.Report.Problems()[0], &vc.Problem{Code: verify.CodeKeyUnavailable})
	require.ErrorContains(t, replayed.Then.Envelope.Report.Problems()[0], string(intake.CodeNotRecorded))
	require.NotEmpty(t, replayed.Differs)

	wrong := *record
	wrong.Policy.Skew = "soon"
	_, err = intake.Replay(t.Context(), &wrong, r.upload, intake.ReplayOptions{Holder: "x"})
	require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeRecordMalformed})
	wrong.Policy = record.Policy
	wrong.Policy.NestedPolicy = 200
	_, err = intake.Replay(t.Context(), &wrong, r.upload, intake.ReplayOptions{Holder: "x"})
	require.ErrorIs(t, err, &vc.Problem{Code: intake.CodeRecordMalformed})
}

func TestParseRecord(t *testing.T) {
	for text, code := range map[string]vc.Code{
		`{}`:                          intake.CodeRecordVersion,
		`{"record": 2}`:               intake.CodeRecordVersion,
		`{"record": 1, "record": 1}`:  "json-duplicate-name",
		`{"record": 1, "sources": 7}`: vc.CodeJSONKind,
		`{"record": 1, "at": "soon"}`: vc.CodeJSONKind,
		`{"record": 1, "sources": [{"asked": "https://a.example", "text": "b", "sha256": "c"}]}`:                                    intake.CodeSourceAltered,
		`{"record": 1, "sources": [{"asked": "https://a.example", "text": "b", "code": "network"}]}`:                                intake.CodeSourceAltered,
		`{"record": 1, "sources": [{"asked": "https://a.example", "base64": "AA==", "sha256": "` + strings.Repeat("0", 64) + `"}]}`: intake.CodeSourceAltered,
		`[` + strings.Repeat(`[`, 100): "json-too-deep",
	} {
		_, err := intake.ParseRecord([]byte(text))
		require.ErrorIs(t, err, &vc.Problem{Code: code}, "%s: %v", text, err)
	}
}

// A record that is read is written and read back as the same, and can be tried without more.
func FuzzParseRecord(f *testing.F) {
	f.Add([]byte(`{"record": 1, "at": "2026-01-01T00:00:00Z", "upload": {"sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "bytes": 0}, ` +
		`"policy": {"skew": "0s", "nonceMaxAge": "0s", "timeout": "0s", "fetcher": "network", "resolver": true}, ` +
		`"sources": [{"asked": "did:web:a.example", "from": "resolver", "code": "key-unavailable"}]}`))
	f.Add([]byte(`{"record": 1, "policy": {"limits": {"maxWork": 7}, "skew": "1h"}, "answers": [{"to": "issuer", "of": "did:a:b", "said": "yes"}]}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		record, err := intake.ParseRecord(text)
		if err != nil {
			require.NotNil(t, vc.ProblemOf(err))
			return
		}
		written, err := record.JSON()
		require.NoError(t, err)
		back, err := intake.ParseRecord(written)
		require.NoError(t, err)
		again, err := back.JSON()
		require.NoError(t, err)
		require.Equal(t, string(written), string(again))
		_, err = intake.Replay(t.Context(), record, nil, intake.ReplayOptions{Now: testkit.Clock})
		if err != nil {
			require.NotNil(t, vc.ProblemOf(err), err)
		}
	})
}

// Every field of a Config is in the policy of a record, or is plugged in.
func TestPolicyIsWhole(t *testing.T) {
	plugged := []string{"Verify.Fetcher", "Verify.Resolver", "Verify.Now", "Verify.Authorize", "Verify.InlineContexts", "Issuer",
		"Verify.Status.Cache", "Verify.Schemas.Cache"}
	var c intake.Config
	fill(t, reflect.ValueOf(&c).Elem(), "", plugged)
	p := intake.PolicyOf(c)
	back, err := p.Config()
	require.NoError(t, err)
	require.Equal(t, c, back)
}

// fill gives every field a value of its own.
func fill(t *testing.T, v reflect.Value, path string, but []string) {
	for _, name := range but {
		if path == name {
			return
		}
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			if f := v.Type().Field(i); f.IsExported() {
				fill(t, v.Field(i), strings.TrimPrefix(path+"."+f.Name, "."), but)
			}
		}
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(int64(1000 + len(path)))
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.String:
		v.SetString(path)
	case reflect.Slice:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			v.SetBytes([]byte(path))
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0), path, but)
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		value := reflect.New(v.Type().Elem()).Elem()
		fill(t, value, path, but)
		v.SetMapIndex(reflect.ValueOf(path), value)
	default:
		t.Errorf("%s is of a kind that a policy does not hold: %s", path, v.Type())
	}
}

// Whatever there is of credentials, good, bad and hostile: to record changes nothing of what is
// found, and what was recorded is found again.
func TestReplayOfEverything(t *testing.T) {
	world := obtest.New(obtest.Config{Seed: "replay"})
	n := 0
	for _, cases := range []func(func(obtest.Case, error) bool){world.Good(), world.Bad(), world.Attacks()} {
		for c, err := range cases {
			require.NoError(t, err)
			n++
			t.Run(fmt.Sprintf("%d %s", n, c.Name), func(t *testing.T) { sameAgain(t, c.Credential, c.Config) })
		}
	}
	require.Greater(t, n, 60)
}

func TestReplayOfSamples(t *testing.T) {
	for _, folder := range []string{"ob/samples/valid", "ob/samples/invalid", "records/files"} {
		err := filepath.WalkDir(testkit.Shared(t, folder), func(path string, d os.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			text, err := os.ReadFile(path)
			require.NoError(t, err)
			p, err := fetch.ParsePack(testkit.ReadShared(t, "records/pack.json"))
			require.NoError(t, err)
			t.Run(filepath.Base(path), func(t *testing.T) { sameAgain(t, text, verify.Config{Fetcher: p, Now: testkit.Clock}) })
			return nil
		})
		require.NoError(t, err)
	}
}

func sameAgain(t *testing.T, upload []byte, c verify.Config) {
	t.Helper()
	c.Kinds, c.Status.Cache = nil, nil
	if c.Now == nil {
		c.Now = testkit.Clock
	}
	reader, err := intake.New(intake.Config{Verify: c})
	require.NoError(t, err)
	plain, err := reader.Read(t.Context(), upload, intake.Options{})
	require.NoError(t, err)
	reading, record, err := reader.Record(t.Context(), upload, intake.Options{})
	require.NoError(t, err)
	require.Equal(t, string(plain.Envelope.Report.AppendJSON(nil)), string(reading.Envelope.Report.AppendJSON(nil)))
	replayed, err := intake.Replay(t.Context(), again(t, record), upload, intake.ReplayOptions{Now: c.Now})
	require.NoError(t, err)
	require.Empty(t, replayed.Differs)
	require.Empty(t, replayed.Since)
}
