package verify_test

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/ob"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/proof/vcjwt"
	"github.com/laurel-edu/laurel/vc"
	"github.com/laurel-edu/laurel/vc/fetch"
	"github.com/laurel-edu/laurel/vc/verify"
)

// record is a CLR of the given credentials, signed by its issuer.
func record(t testing.TB, i issuer, credentials ...[]byte) []byte {
	return i.sign(t, unsignedRecord(i, credentials...), nil)
}

func unsignedRecord(i issuer, credentials ...[]byte) []byte {
	return []byte(`{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],
"id":"urn:uuid:11aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11","type":["VerifiableCredential","ClrCredential"],"name":"Record of Ada",
"issuer":{"id":"` + i.did + `","type":["Profile"],"name":"Harbour School of Boatbuilding"},"validFrom":"2025-06-01T08:00:00Z",
"credentialSubject":{"id":"did:example:ada","type":["ClrSubject"],"verifiableCredential":[` + string(bytes.Join(credentials, []byte(","))) + `]}}`)
}

// Each credential of a record has a report of its own, and a bad one is told
// apart from an unsigned one.
func TestRecord(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	good := guild.sign(t, badge(t, guild.did), nil)
	second := school.sign(t, badge(t, school.did, "6a9b52f0", "7a9b52f0"), nil)
	unsigned := badge(t, guild.did, "6a9b52f0", "8a9b52f0", "did:example:ada", "did:example:eve")
	forged := replace(t, string(school.sign(t, badge(t, guild.did, "6a9b52f0", "9a9b52f0", "did:example:ada", "did:example:bob"),
		func(o *dataintegrity.SignOptions) { o.SkipIssuerCheck = true })), "Keel laying,", "Keel laying,")

	whole := record(t, school, good, second)
	r := inspect(t, whole, verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested, 2)
	require.Equal(t, guild.did, r.Nested[0].Report.IssuerID)
	require.Equal(t, "/credentialSubject/verifiableCredential/1", r.Nested[1].Pointer)

	mixed := record(t, school, good, unsigned, forged)
	r = inspect(t, mixed, verify.Config{})
	require.Equal(t, verify.VerdictNotVerified, r.Verdict, "a forged credential is not shown as part of a verified one")
	require.Equal(t, []vc.Code{verify.CodeNestedForged}, r.Codes())
	require.Len(t, r.Nested, 3)
	require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict)
	require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofNone, verify.ProofBad}, states(r))
	require.Equal(t, verify.VerdictNotVerified, r.Nested[2].Report.Verdict)
	require.Equal(t, []vc.Code{verify.CodeIssuerMismatch}, r.Nested[2].Report.Codes())
	require.Equal(t, verify.OutcomeFailed, r.Outcome(verify.CheckNested))

	r = inspect(t, mixed, verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.ElementsMatch(t, []vc.Code{verify.CodeNestedUnsigned, verify.CodeNestedForged}, r.Codes())

	r = inspect(t, mixed, verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedAdvisory}})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofNone, verify.ProofBad}, states(r))

	r = inspect(t, record(t, school, good, unsigned), verify.Config{})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "an unsigned entry is legal, and said to be one: %v", r.Problems())
	require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofNone}, states(r))

	// The outer proof covers what is embedded: a byte changed inside breaks it.
	broken := replace(t, string(whole), "straight to a millimetre", "straight to a kilometre")
	r = inspect(t, broken, verify.Config{})
	require.Equal(t, verify.VerdictNotVerified, r.Verdict)
	require.Contains(t, r.Codes(), proof.CodeSignature)
	require.Equal(t, []verify.ProofState{verify.ProofBad, verify.ProofGood}, states(r), "the other stands by its own proof")
}

func states(r *verify.Report) (all []verify.ProofState) {
	for _, n := range r.Nested {
		all = append(all, n.Proof)
	}
	return all
}

// What is embedded is handed out with what became of its proof, whatever the model of
// the whole makes of it.
func TestEmbedded(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	good := guild.sign(t, badge(t, guild.did), nil)
	text := record(t, school, good, badge(t, guild.did, "6a9b52f0", "8a9b52f0", "did:example:ada", "did:example:eve"))
	verified, err := verify.Verify(context.Background(), text, verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	var got []verify.ProofState
	for e := range verified.Embedded() {
		got = append(got, e.Proof)
		var b ob.AchievementCredential
		require.NoError(t, e.Decode(&b))
		require.Equal(t, "Keel laying", b.CredentialSubject.Achievement.Name.String())
		require.JSONEq(t, string(e.Credential()), string(e.Secured()))
	}
	require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofNone}, got)
}

// Whatever becomes of the envelope, each embedded credential is verified by its own
// proof, and the keys of an envelope that nobody is held to cost few requests.
func TestEnvelopes(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	good := guild.sign(t, badge(t, guild.did), nil)
	forged := replace(t, string(good), "Keel laying,", "Keel slaying,")
	whole := string(record(t, school, good, forged))
	cut := strings.LastIndex(whole, `,"proof":`)
	web := strings.NewReplacer(school.did, "did:web:school.example").Replace(whole)
	for name, text := range map[string]string{
		"unsigned":                    whole[:cut] + "}",
		"tampered":                    strings.Replace(whole, "Record of Ada", "Record of Eve", 1),
		"of an unknown context":       strings.Replace(whole, `"https://www.w3.org/ns/credentials/v2"`, `"https://www.w3.org/ns/credentials/v2","https://x.example/"`, 1),
		"without contexts":            strings.Replace(whole, `"@context":`, `"context":`, 1),
		"whose key server is down":    web,
		"with a proof that is no one": whole[:cut] + `,"proof":7}`,
		"expired":                     strings.Replace(whole, `"validFrom":"2025-06-01`, `"validUntil":"2025-06-02T00:00:00Z","validFrom":"2025-06-01`, 1),
	} {
		t.Run(name, func(t *testing.T) {
			r := inspect(t, []byte(text), verify.Config{Fetcher: down{}})
			require.NotEqual(t, verify.VerdictVerified, r.Verdict)
			require.Equal(t, []verify.ProofState{verify.ProofGood, verify.ProofBad}, states(r))
			require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict, "%v", r.Nested[0].Report.Problems())
		})
	}
}

// refusing counts the requests that reach a network where no host answers.
type refusing struct {
	mu   sync.Mutex
	urls []string
}

func (c *refusing) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	c.mu.Lock()
	c.urls = append(c.urls, url)
	c.mu.Unlock()
	return down{}.Fetch(ctx, url)
}

func TestUnauthenticEnvelopesAskForFewKeys(t *testing.T) {
	school := edIssuer(t, 1)
	listed := `"credentialStatus": {"type": "BitstringStatusListEntry", "statusPurpose": "revocation", "statusListIndex": "3", "statusListCredential": "https://list.example/1"}, "validFrom"`
	entries := [][]byte{school.sign(t, badge(t, school.did, `"validFrom"`, listed), nil)}
	for i := range 30 {
		b := string(school.sign(t, badge(t, school.did, "6a9b52f0", fmt.Sprintf("%08x", i), "did:example:ada", fmt.Sprintf("did:example:ada%d", i)), nil))
		entries = append(entries, []byte(strings.ReplaceAll(b, school.did, fmt.Sprintf("did:web:school-%02d.example", i))))
	}
	whole := string(record(t, school, entries...))
	unsigned := whole[:strings.LastIndex(whole, `,"proof":`)] + "}"

	var c refusing
	r := inspect(t, []byte(unsigned), verify.Config{Fetcher: &c, Limits: verify.Limits{MaxFetches: 100}})
	require.Len(t, c.urls, 8)
	require.NotContains(t, c.urls, "https://list.example/1", "nobody is held to the envelope, so only keys are asked for")
	require.Len(t, r.Nested, 31)
	require.Equal(t, verify.VerdictUndetermined, r.Nested[0].Report.Verdict)
	for i, n := range r.Nested[1:] {
		want := verify.CodeKeyUnavailable
		if i >= 8 {
			want = verify.CodeFetchBudget
		}
		require.Equal(t, []vc.Code{want}, n.Report.Codes(), "entry %d", i)
		require.Equal(t, verify.ProofUndecided, n.Proof)
	}

	c.urls = nil
	inspect(t, []byte(whole), verify.Config{Fetcher: &c, Limits: verify.Limits{MaxFetches: 100}})
	require.Len(t, c.urls, 31)
	require.Contains(t, c.urls, "https://list.example/1")
}

// The report does not depend on how many credentials are verified at the same time,
// nor on which issuer answers first, even where there are too few requests for all.
func TestParallelReportsAreEqual(t *testing.T) {
	school := edIssuer(t, 1)
	var entries [][]byte
	for i := range 60 {
		b := string(school.sign(t, badge(t, school.did, "6a9b52f0", fmt.Sprintf("%08x", i), "did:example:ada", fmt.Sprintf("did:example:ada%d", i)), nil))
		switch i % 3 {
		case 0:
			b = strings.ReplaceAll(b, school.did, fmt.Sprintf("did:web:school-%02d.example", i%20))
		case 1:
			b = strings.Replace(b, "Keel laying,", "Keel saying,", i%2)
		}
		entries = append(entries, []byte(b))
	}
	text := record(t, school, entries...)
	for _, most := range []int{1, 8, 100} {
		var first string
		for _, parallel := range []int{1, 2, 16} {
			for range 3 {
				r := inspect(t, text, verify.Config{Fetcher: slow{}, Limits: verify.Limits{MaxFetches: most, Parallel: parallel}})
				got := string(r.AppendJSON(nil))
				if first == "" {
					first = got
				}
				require.Equal(t, first, got, "%d requests, %d at a time", most, parallel)
			}
		}
	}
}

// slow is a network that fails after a while that nobody can foresee.
type slow struct{}

func (slow) Fetch(ctx context.Context, url string) (*fetch.Response, error) {
	for range rand.IntN(2000) {
		runtime.Gosched()
	}
	return down{}.Fetch(ctx, url)
}

// At the end of the time the report says what was found out, and the error that time
// is over.
func TestDeadline(t *testing.T) {
	school := edIssuer(t, 1)
	entries := [][]byte{school.sign(t, badge(t, school.did), nil)}
	for i := range 20 {
		b := string(school.sign(t, badge(t, school.did, "6a9b52f0", fmt.Sprintf("%08x", i), "did:example:ada", fmt.Sprintf("did:example:ada%d", i)), nil))
		entries = append(entries, []byte(strings.ReplaceAll(b, school.did, fmt.Sprintf("did:web:school-%02d.example", i))))
	}
	text := record(t, school, entries...)
	for name, ask := range map[string]fetch.Fetcher{"patient": hanging{}, "deaf": hanging{deaf: true}} {
		t.Run(name, func(t *testing.T) {
			v, err := verify.New(verify.Config{Now: testkit.Clock, Fetcher: ask,
				Limits: verify.Limits{Timeout: 100 * time.Millisecond, MaxFetches: 50}})
			require.NoError(t, err)
			r, err := v.Inspect(context.Background(), text)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Equal(t, verify.VerdictUndetermined, r.Verdict, "%v", r.Problems())
			require.Len(t, r.Nested, 21)
			require.Equal(t, verify.VerdictVerified, r.Nested[0].Report.Verdict)
			for _, n := range r.Nested[1:] {
				require.Equal(t, verify.ProofUndecided, n.Proof)
				require.Equal(t, verify.VerdictUndetermined, n.Report.Verdict)
			}

			_, err = v.Verify(context.Background(), text)
			var refused *verify.Error
			require.ErrorAs(t, err, &refused)
			require.ErrorIs(t, err, context.DeadlineExceeded)
			require.Len(t, refused.Report.Nested, 21)
		})
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	r, err := verify.Inspect(ctx, text, verify.Config{Now: testkit.Clock})
	require.ErrorIs(t, err, context.Canceled)
	require.Equal(t, []vc.Code{vc.CodeCancelled}, r.Codes())
	require.NotEqual(t, verify.VerdictVerified, r.Verdict)
}

// hanging never answers; a deaf one does not even notice that nobody waits any more.
type hanging struct{ deaf bool }

func (h hanging) Fetch(ctx context.Context, _ string) (*fetch.Response, error) {
	if h.deaf {
		time.Sleep(2 * time.Second)
	}
	<-ctx.Done()
	return nil, ctx.Err()
}

// A limit that is met is told and refuses: one more than is verified, one level more,
// and things that are no credentials at all.
func TestNestedLimits(t *testing.T) {
	school := edIssuer(t, 1)
	entry := func(i int) []byte {
		return school.sign(t, badge(t, school.did, "6a9b52f0", fmt.Sprintf("%08x", i)), nil)
	}
	r := inspect(t, record(t, school, entry(1), entry(2)), verify.Config{Limits: verify.Limits{MaxNested: 2}})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	for name, c := range map[string]struct {
		config verify.Config
		text   []byte
		code   vc.Code
	}{
		"one more": {verify.Config{Limits: verify.Limits{MaxNested: 2}}, record(t, school, entry(1), entry(2), entry(3)),
			verify.CodeNestedTooMany},
		"an empty object": {verify.Config{}, record(t, school, entry(1), []byte(`{"id":"urn:x:2","type":"Profile","name":"Ada"}`)), verify.CodeNestedForeign},
		"nothing":         {verify.Config{}, record(t, school, entry(1), []byte(`{}`)), verify.CodeNestedForeign},
		"nothing, alone":  {verify.Config{}, record(t, school, []byte(`{}`)), verify.CodeNestedForeign},
		"a word":          {verify.Config{}, record(t, school, entry(1), []byte(`"urn:x:1"`)), verify.CodeNestedForeign},
		"one level deeper": {verify.Config{Limits: verify.Limits{MaxNestedDepth: 1}}, record(t, school, record(t, school, entry(1))),
			verify.CodeNestedTooDeep},
	} {
		t.Run(name, func(t *testing.T) {
			for _, policy := range []verify.NestedPolicy{verify.NestedRefuseForged, verify.NestedRequireAll, verify.NestedAdvisory} {
				c.config.Nested.Policy = policy
				r := inspect(t, c.text, c.config)
				require.Equal(t, verify.VerdictNotVerified, r.Verdict)
				require.Contains(t, r.Codes(), c.code)
			}
		})
	}
	// A forgery stands at every depth up to the limit and beyond, and never verifies.
	forged := replace(t, string(entry(1)), "Keel laying,", "Keel saying,")
	for depth := 1; depth <= 10; depth++ {
		forged = recordAt(t, school, depth, forged)
		r := inspect(t, forged, verify.Config{})
		require.Equal(t, verify.VerdictNotVerified, r.Verdict, "%d deep", depth)
	}
}

// recordAt is a record with an id of its own, which the next around it differs by.
func recordAt(t testing.TB, i issuer, depth int, credentials ...[]byte) []byte {
	return i.sign(t, replace(t, string(unsignedRecord(i, credentials...)), "urn:uuid:11aa22bb", fmt.Sprintf("urn:uuid:%08x", depth)), nil)
}

// Endorsements stand on a credential, its achievement or a profile, as objects or
// as tokens.
func TestEndorsements(t *testing.T) {
	school, guild := edIssuer(t, 1), edIssuer(t, 2)
	endorsement := func(subject string) []byte {
		return []byte(`{"@context":["https://www.w3.org/ns/credentials/v2","https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"],"id":"urn:uuid:22aa22bb-5a0e-4c4b-9a54-6f0c8c3f7d11",
"type":["VerifiableCredential","EndorsementCredential"],"name":"Endorsement","issuer":{"id":"` + guild.did + `","type":["Profile"],"name":"Guild"},"validFrom":"2025-06-01T08:00:00Z",
"credentialSubject":{"id":"` + subject + `","type":["EndorsementSubject"],"endorsementComment":"Sound work."}}`)
	}
	object := guild.sign(t, endorsement("https://school.example/achievements/keel"), nil)
	token, err := vcjwt.Sign(context.Background(), endorsement("https://school.example/achievements/keel"), vcjwt.SignOptions{Signer: guild.signer, KeyID: guild.method})
	require.NoError(t, err)
	text := badge(t, school.did, `"name": "Keel laying",`, `"name": "Keel laying", "endorsement": [`+string(object)+`], "endorsementJwt": ["`+string(token)+`"],`)
	r := inspect(t, school.sign(t, text, nil), verify.Config{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}})
	require.Equal(t, verify.VerdictVerified, r.Verdict, "%v", r.Problems())
	require.Len(t, r.Nested, 2)
	for _, n := range r.Nested {
		require.Equal(t, "endorsement", n.Role)
		require.Equal(t, verify.VerdictVerified, n.Report.Verdict, "%v", n.Report.Problems())
		require.Empty(t, n.Report.Warnings())
	}

	elsewhere := guild.sign(t, endorsement("https://other.example/achievements/sail"), nil)
	text = badge(t, school.did, `"name": "Keel laying",`, `"name": "Keel laying", "endorsement": [`+string(elsewhere)+`],`)
	r = inspect(t, school.sign(t, text, nil), verify.Config{})
	require.Equal(t, verify.CodeMisplaced, r.Nested[0].Report.Warnings()[0].Code)
}

// One verifier serves many goroutines, and no document leaks into another.
func TestConcurrentUse(t *testing.T) {
	school := edIssuer(t, 1)
	v, err := verify.New(verify.Config{Now: testkit.Clock})
	require.NoError(t, err)
	good := school.sign(t, badge(t, school.did), nil)
	bad := replace(t, string(good), "Keel laying,", "Keel saying,")
	big := record(t, school, good, good)
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			for range 50 {
				for _, c := range []struct {
					text []byte
					want verify.Verdict
				}{{good, verify.VerdictVerified}, {bad, verify.VerdictNotVerified}, {big, verify.VerdictVerified}} {
					r, err := v.Inspect(context.Background(), c.text)
					if err != nil || r.Verdict != c.want {
						t.Errorf("%v %v", r.Verdict, err)
					}
				}
			}
		})
	}
	group.Wait()
}

// What a document says is shown, and cannot write to the terminal by itself.
func TestText(t *testing.T) {
	school := edIssuer(t, 1)
	r := inspect(t, replace(t, string(school.sign(t, badge(t, school.did), nil)), "urn:uuid:6a9b52f0", `urn:\u001b[2J\u202euid:6a9b52f0`), verify.Config{})
	var b strings.Builder
	require.NoError(t, r.WriteText(&b, verify.TextOptions{Title: "badge.json"}))
	require.Contains(t, b.String(), "NOT-VERIFIED  badge.json")
	require.Contains(t, b.String(), string(proof.CodeSignature))
	require.NotContains(t, b.String(), "\x1b")
	require.NotContains(t, b.String(), "\u202e")

	doc, err := vc.Parse(r.AppendJSON(nil))
	require.NoError(t, err, "the report is one JSON object")
	require.Equal(t, "not-verified", door.Root(doc).Get("verdict").Text())
	require.NotZero(t, door.Root(doc).Get("checks").Len())
}
