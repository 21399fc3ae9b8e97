package verify_test

import (
	"context"
	"encoding/base64"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/vc/verify"
)

// The bounds that hold for every input, whatever it is.
func reportBound(n int) int    { return 64<<10 + 16*n }
func memoryBound(n int) uint64 { return uint64(32<<20 + 24*n) }

// bounded inspects an input and holds report, memory and work to their bounds.
func bounded(t testing.TB, v *verify.Verifier, name string, input []byte) *verify.Report {
	t.Helper()
	var r *verify.Report
	var work int
	var err error
	memory := testkit.Allocated(func() { r, work, err = verify.InspectWork(v, context.Background(), input) })
	require.NoError(t, err, name)
	require.LessOrEqual(t, len(r.AppendJSON(nil)), reportBound(len(input)), "the report of %s, %d bytes", name, len(input))
	require.LessOrEqual(t, memory, memoryBound(len(input)), "the memory for %s, %d bytes", name, len(input))
	require.LessOrEqual(t, work, verify.WorkBound(len(input)), "the work for %s, %d bytes", name, len(input))
	return r
}

// amplifier makes inputs that try to have much said, kept or done about little. All
// of them are built on a signed credential and on a record, so that as many checks
// as possible are reached.
type amplifier struct {
	*rand.Rand
	badge, record, proof string
}

// names that stand for themselves, are long, or grow when they are shown.
func (a *amplifier) name() string {
	names := []string{"x", "id", "type", "name", "alignment", "endorsement", "endorsementJwt", "verifiableCredential", "credentialSchema", "refreshService",
		"credentialStatus", "evidence", "achievement", "result", "image", "proof", "@context", "@id", "@graph", "tag", "issuer", "https://example.org/x", "_:b",
		strings.Repeat("n", 1+a.IntN(1<<a.IntN(15))), strings.Repeat(`\u0001`, 1+a.IntN(1<<a.IntN(12))), strings.Repeat("\u202e", 1+a.IntN(1<<a.IntN(12)))}
	return names[a.IntN(len(names))]
}

func (a *amplifier) scalar() string {
	values := []string{"0", "null", "true", "1e300", "9007199254740993", `""`, `"x"`, "{}", "[]", "[[]]", `{"id":"x"}`, `{"@value":1}`, `{"type":"VerifiableCredential"}`,
		`{"proof":{}}`, `{"issuer":1,"credentialSubject":2}`, `{"id":"` + a.name() + `"}`, `"` + a.name() + `"`, `"e30.e30.AA"`, `"eyJhbGciOiJFZERTQSJ9.e30.AA"`,
		`{"credentialSubject":0,"type":["VerifiableCredential","` + a.name() + `"],"proof":` + a.proof + `}`, `{"` + a.name() + `":[0,{}]}`, `{"type":"x","id":"https://example.org/` + a.name() + `"}`}
	return values[a.IntN(len(values))]
}

// value is one value, or one many times, at some depth.
func (a *amplifier) value(room int) string {
	one := a.scalar()
	n := 1 + a.IntN(1+a.IntN(1+room/(len(one)+1)))
	if a.IntN(4) == 0 {
		n = 1
	}
	v := "[" + strings.Repeat(one+",", n-1) + one + "]"
	if n == 1 && a.IntN(2) == 0 {
		v = one
	}
	for range a.IntN(6) {
		if a.IntN(2) == 0 {
			v = `{"` + a.name() + `":` + v + `}`
		} else {
			v = `{"type":["VerifiableCredential"],"credentialSubject":{"` + a.name() + `":` + v + `}}`
		}
	}
	return v
}

// input is one document of about room bytes at most.
func (a *amplifier) input(room int) []byte {
	base := a.badge
	if a.IntN(2) == 0 {
		base = a.record
	}
	for range 1 + a.IntN(3) {
		places := []string{`"validFrom"`, `"type"`, `"id"`, `"name"`, `"proofPurpose"`, `"created"`}
		at := places[a.IntN(len(places))]
		i := strings.Index(base, at)
		if n := strings.Count(base, at); n > 1 && a.IntN(2) == 0 {
			i = strings.LastIndex(base, at)
		}
		if i < 0 {
			continue
		}
		base = base[:i] + `"` + a.name() + `":` + a.value(room) + `,` + base[i:]
	}
	switch a.IntN(8) {
	case 0:
		payload := base64.RawURLEncoding.EncodeToString([]byte(base))
		base = "eyJhbGciOiJFZERTQSIsImtpZCI6ImRpZDpleGFtcGxlOjEjayJ9." + payload + ".AA"
	case 1:
		base = base[:a.IntN(len(base))]
	case 2:
		b := []byte(base)
		for range 1 + a.IntN(8) {
			b[a.IntN(len(b))] = byte(a.IntN(128))
		}
		return b
	}
	return []byte(base)
}

func newAmplifier(t testing.TB, seed uint64) *amplifier {
	school := edIssuer(t, 1)
	one := school.sign(t, badge(t, school.did), nil)
	signed := string(one)
	proof := signed[strings.Index(signed, `"proof":`)+len(`"proof":`) : len(signed)-1]
	return &amplifier{Rand: rand.New(rand.NewPCG(seed, 7)), badge: signed, proof: proof,
		record: string(record(t, school, one, badge(t, school.did, "6a9b52f0", "8a9b52f0", "did:example:ada", "did:example:eve")))}
}

func TestEveryInputIsBounded(t *testing.T) {
	n, room := 400, 20_000
	if os.Getenv("LAUREL_LONG") != "" {
		n, room = 10_000, 60_000
	}
	a := newAmplifier(t, 1)
	verifiers := []*verify.Verifier{}
	for _, c := range []verify.Config{{}, {Kinds: []string{verify.AnyKind}, Lenient: true, Fetcher: down{}},
		{Nested: verify.NestedConfig{Policy: verify.NestedRequireAll}, Limits: verify.Limits{Parallel: 2}}} {
		c.Now = testkit.Clock
		v, err := verify.New(c)
		require.NoError(t, err)
		verifiers = append(verifiers, v)
	}
	for i := range n {
		size := room
		if i%100 == 99 {
			size *= 10
		}
		input := a.input(size)
		r := bounded(t, verifiers[i%len(verifiers)], fmt.Sprintf("input %d", i), input)
		require.NotEmpty(t, r.Checks)
	}
}

// Inputs that were seen to be told about, kept or worked on out of all proportion.
func TestKnownAmplifiersAreBounded(t *testing.T) {
	a := newAmplifier(t, 2)
	with := func(base, member string) []byte {
		return []byte(strings.Replace(base, `"validFrom"`, member+`,"validFrom"`, 1))
	}
	many := func(one string, n int) string { return strings.TrimSuffix(strings.Repeat(one+",", n), ",") }
	token := func(payload string) []byte {
		encode := base64.RawURLEncoding.EncodeToString
		return []byte(encode([]byte(`{"alg":"EdDSA","kid":"did:example:a#k"}`)) + "." + encode([]byte(payload)) + ".AAAA")
	}
	long := strings.Repeat("n", 50_000)
	entries := func(one string, n int) string {
		return `{"@context":["https://www.w3.org/ns/credentials/v2"],"type":["VerifiableCredential","ClrCredential"],"credentialSubject":{"verifiableCredential":[` + many(one, n) + `]}}`
	}
	nest := func(depth int, inner string) string {
		for range depth {
			inner = `{"type":"VerifiableCredential","credentialSubject":{"verifiableCredential":[` + inner + `]}}`
		}
		return inner
	}
	contexts := many(`"https://w3id.org/security/v2"`, 100)
	things := 80_000 // each of which is compared with the others
	if testing.Short() {
		things = 10_000
	}
	tests := map[string][]byte{
		"a schema of numbers":        with(a.badge, `"credentialSchema":[`+many("0", 400_000)+`]`),
		"schemas":                    with(a.badge, `"credentialSchema":[`+many(`{"id":"x:`+long[:100]+`","type":"x"}`, 10_000)+`]`),
		"refresh services":           with(a.badge, `"refreshService":[`+many("0", 200_000)+`]`),
		"inexact numbers":            with(a.badge, `"x":[`+many("9007199254740993", 100_000)+`]`),
		"contexts of numbers":        with(a.badge, `"x":{"@context":[`+many("0", 200_000)+`]}`),
		"nested contexts":            with(a.badge, `"x":[`+many(`{"@context":0}`, 60_000)+`]`),
		"a context over and over":    []byte(strings.Replace(a.badge, `"@context": [`, `"@context": [`+contexts+`,`, 1)),
		"a long name":                with(a.badge, `"`+long+`":[`+many("{}", 20_000)+`]`),
		"a long name of controls":    with(a.badge, `"`+strings.Repeat(`\u0001`, 9_000)+`":[`+many(`{"@context":0}`, 5_000)+`]`),
		"credentials below a name":   with(a.record, `"`+long+`":{"endorsement":[`+many(`{"issuer":0,"credentialSubject":0}`, 9_000)+`]}`),
		"entries that are nothing":   []byte(entries("{}", 300_000)),
		"entries that are numbers":   []byte(entries("0", 600_000)),
		"entries that are no tokens": []byte(entries(`"e30.e30.e30"`, 100_000)),
		"entries that are little":    []byte(entries(`{"issuer":0,"credentialSubject":0}`, 9_990)),
		"entries beyond the number":  []byte(entries(`{"issuer":0,"credentialSubject":0}`, 20_000)),
		"entries with empty proofs":  []byte(entries(`{"proof":0,"credentialSubject":0}`, 9_990)),
		"a token of entries":         token(entries("{}", 1_900)),
		"a token of small entries":   token(entries(`{"issuer":0,"credentialSubject":0}`, 5_000)),
		"deep and wide":              []byte(entries(nest(6, many(`{"issuer":0,"credentialSubject":0}`, 500)), 15)),
		"deep to the limit":          []byte(entries(nest(20, `{"x":[`+many("[]", 100_000)+`]}`), 1)),
		"strings of escapes":         with(a.badge, `"x":["`+strings.Repeat(`\n`, 500_000)+`"]`),
		"an id of marks":             with(a.badge, `"issuer":"did:x:`+strings.Repeat("\u202e", 300_000)+`"`),
		"long ids in entries":        []byte(entries(`{"type":"VerifiableCredential","issuer":"did:x:`+long[:2_000]+`","id":"`+long[:2_000]+`"}`, 400)),
		"types":                      []byte(strings.Replace(a.badge, `"OpenBadgeCredential"`, `"OpenBadgeCredential",`+many(`"Profile"`, 90_000), 1)),
		"types that are none":        []byte(strings.Replace(a.badge, `"OpenBadgeCredential"`, `"OpenBadgeCredential",`+many(`"X"`, 200_000), 1)),
		"things that are alike":      with(a.badge, `"evidence":[`+many(`{"type":["Evidence"]}`, 45_000)+`]`),
		"such things in a record":    with(a.record, `"evidence":[`+many(`{"type":["Evidence"]}`, 45_000)+`]`),
		"things of many ids":         with(a.badge, `"evidence":[`+numbered(`{"id":"urn:%d","type":["Evidence"],"name":"x"}`, things)+`]`),
		"things of one id":           with(a.badge, `"evidence":[`+numbered(`{"id":"urn:1","type":["Evidence"],"name":"%d"}`, things)+`]`),
		"digests of no form":         with(a.badge, `"evidence":[`+numbered(`{"id":"urn:%d","type":["Evidence"],"digestSRI":"%[1]d"}`, things/10)+`]`),
		"names that are IRIs":        with(a.badge, numbered(`"x:%d":1`, 100_000)),
		"names that are undefined":   with(a.badge, numbered(`"x%d":1`, 100_000)),
		"results":                    []byte(strings.Replace(a.badge, `"achievement"`, `"result":[`+numbered(`{"type":["Result"],"value":"%d"}`, things)+`],"achievement"`, 1)),
		"text for the first members": []byte(`{"@context":"` + strings.Repeat(`\u0007`, 100_000) + `","type":"` + strings.Repeat(`\u0007`, 100_000) + `"}`),
	}
	for _, lenient := range []bool{false, true} {
		v, err := verify.New(verify.Config{Now: testkit.Clock, Lenient: lenient})
		require.NoError(t, err)
		for name, input := range tests {
			t.Run(fmt.Sprintf("%s, lenient %t", name, lenient), func(t *testing.T) {
				r := bounded(t, v, name, input)
				require.True(t, lenient || r.Verdict != verify.VerdictVerified, "%v", r.Problems())
			})
		}
	}
}

// numbered joins n copies of a text with a place for a number.
func numbered(each string, n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(',')
		}
		fmt.Fprintf(&b, each, i)
	}
	return b.String()
}
