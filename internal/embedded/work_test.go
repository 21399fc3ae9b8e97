package embedded_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/laurel-edu/laurel/internal/door"
	"github.com/laurel-edu/laurel/internal/embedded"
	"github.com/laurel-edu/laurel/internal/test/school"
	"github.com/laurel-edu/laurel/internal/test/testkit"
	"github.com/laurel-edu/laurel/proof"
	"github.com/laurel-edu/laurel/proof/dataintegrity"
	"github.com/laurel-edu/laurel/vc"
)

// hostile makes documents of about n bytes that cost their verifier as much as their
// author can think of. None of them is rightly signed.
func hostile(t testing.TB) map[string]func(n int) string {
	s := school.Ed(t, 0)
	good, err := s.Sign(testkit.BadgeOf(s.ID), nil)
	require.NoError(t, err)
	text := strings.Replace(string(good), "Keel laying,", "Keel saying,", 1)
	at := strings.Index(text, `,"proof":`)
	body, one := text[:at], strings.TrimSuffix(text[at+len(`,"proof":`):], "}")
	document := func(members string, proofs ...string) string {
		return strings.Replace(body, `"validFrom"`, members+`"validFrom"`, 1) + `,"proof":[` + strings.Join(proofs, ",") + `]}`
	}
	times := func(n int, each func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < n; i++ {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(each(i))
		}
		return b.String()
	}
	sixteen := func(each func(i int) string) (proofs []string) {
		for i := range 16 {
			proofs = append(proofs, each(i))
		}
		return proofs
	}
	same := sixteen(func(int) string { return one })
	legacy := strings.Replace(one, `"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022"`, `"DataIntegrityProof","cryptosuite":"eddsa-2022"`, 1)
	upon := func(proof, id, previous string) string {
		return `{"id":"` + id + `","previousProof":[` + previous + `],` + proof[1:]
	}
	others := func(i int) string {
		var ids []string
		for k := range 16 {
			if k != i {
				ids = append(ids, fmt.Sprintf(`"urn:p:%d"`, k))
			}
		}
		return strings.Join(ids, ",")
	}
	evidence := func(i int) string { return fmt.Sprintf(`{"id":"urn:evidence:%d","type":["Evidence"],"name":"n"}`, i) }
	listed := func(text, urls string) string {
		return strings.Replace(text, `context-3.0.3.json"`, `context-3.0.3.json"`+urls, 1)
	}
	const old = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
	return map[string]func(n int) string{
		"previousProof repeats an id": func(n int) string {
			return document("", `{"id":"urn:p:0",`+one[1:], upon(one, "urn:p:1", times(n, func(int) string { return `"urn:p:0"` })))
		},
		"previousProof names many": func(n int) string {
			return document("", `{"id":"urn:p:0",`+one[1:], upon(one, "urn:p:1", times(n, func(i int) string { return fmt.Sprintf(`"urn:p:%d"`, i) })))
		},
		"sixteen upon one another": func(n int) string {
			return document(`"evidence":[`+times(n, evidence)+`],`, sixteen(func(i int) string { return upon(one, fmt.Sprintf("urn:p:%d", i), others(i)) })...)
		},
		"sixteen long ones upon one another": func(n int) string {
			long := strings.Replace(one, "{", `{"description":[`+times(n/16, func(i int) string { return fmt.Sprintf(`{"id":"urn:d:%d","description":"d"}`, i) })+`],`, 1)
			return document("", sixteen(func(i int) string { return upon(long, fmt.Sprintf("urn:p:%d", i), others(i)) })...)
		},
		"sixteen bad proofs": func(n int) string { return document(`"evidence":[`+times(n, evidence)+`],`, same...) },
		"sixteen of an earlier time": func(n int) string {
			return document(`"evidence":[`+times(n, evidence)+`],"name2":"\uD83D\uDE00\uE000",`, sixteen(func(int) string { return legacy })...)
		},
		"sixteen over JSON": func(n int) string {
			return document(`"evidence":[`+times(n, evidence)+`],`, sixteen(func(int) string { return strings.Replace(one, "rdfc", "jcs", 1) })...)
		},
		"sixteen over JSON with contexts": func(n int) string {
			urls := times(n/17, func(int) string { return `"` + old + `"` })
			bad := strings.Replace(one, "{", `{"@context":["https://www.w3.org/ns/credentials/v2","`+old+`",`+urls+`],`, 1)
			return listed(document("", sixteen(func(int) string { return strings.Replace(bad, "rdfc", "jcs", 1) })...), ","+urls)
		},
		"a context over and over": func(n int) string {
			return listed(document("", same...), strings.Repeat(`,"`+old+`"`, n/len(old)))
		},
		"a context fourteen times": func(n int) string {
			return listed(document(`"evidence":[`+times(n, evidence)+`],`, same...), strings.Repeat(`,"`+old+`"`, 14))
		},
		"embedded lists of contexts": func(n int) string {
			return document(`"endorsement":[`+times(n, func(int) string {
				return `{"@context":["https://www.w3.org/ns/credentials/v2"` + strings.Repeat(`,"`+old+`"`, 15) + `],"type":["VerifiableCredential"]}`
			})+`],`, same...)
		},
		"terms that nobody defines": func(n int) string {
			return document(times(n, func(i int) string { return fmt.Sprintf(`"u%d":1`, i) })+`,`, same...)
		},
		"names that are IRIs": func(n int) string {
			return document(times(n, func(i int) string { return fmt.Sprintf(`"x:%d":1`, i) })+`,`, same...)
		},
		"numbers": func(n int) string {
			return document(`"evidence":[{"id":"urn:e","type":["Evidence"],"name":[`+times(n, func(i int) string { return fmt.Sprint(i) })+`]}],`, same...)
		},
		"types": func(n int) string {
			return document(`"evidence":[{"type":[`+times(n, func(int) string { return `"Evidence"` })+`]}],`, same...)
		},
		"a long name and many members": func(n int) string {
			return document(`"evidence":[{"id":"urn:`+strings.Repeat("a", n/2)+`","type":["Evidence"],"name":[`+times(n/2, func(i int) string { return fmt.Sprint(i) })+`]}],`, same...)
		},
		"a long name in many places": func(n int) string {
			return document(`"evidence":[{"id":"urn:`+strings.Repeat("a", n/2)+`","type":["Evidence"],"name":"n","genre":"g","audience":"a","narrative":"n","description":"d"},`+times(n/2, func(int) string { return `{"type":["Evidence"]}` })+`],`, same...)
		},
		"nodes that are all alike": func(n int) string {
			return document(`"evidence":[`+times(n, func(int) string { return `{"type":["Evidence"]}` })+`],`, same...)
		},
		"nodes that are alike in proofs": func(n int) string {
			ring := times(n/16, func(int) string { return `{"description":{"description":{"description":{"description":"d"}}}}` })
			return document("", sixteen(func(int) string { return strings.Replace(one, "{", `{"description":[`+ring+`],`, 1) })...)
		},
		"texts": func(n int) string {
			return document(`"evidence":[{"id":"urn:e","type":["Evidence"],"name":"`+strings.Repeat(`\t`, n/2)+`"}],`, sixteen(func(int) string { return legacy })...)
		},
		"faults of a proof": func(n int) string {
			return document("", `{`+times(n, func(i int) string { return fmt.Sprintf(`"x:%d":1`, i) })+`,`+one[1:])
		},
	}
}

// cost is what one document made of: its size, the bytes allocated and the units used.
type cost struct{ size, bytes, units int }

func costOf(t *testing.T, v *embedded.Verifier, text string) cost {
	t.Helper()
	var work int
	memory := testkit.Allocated(func() { work = workOf(t, v, text) })
	return cost{len(text), int(memory), work}
}

// workOf reads a document, checks its proofs, and tells the work.
func workOf(t *testing.T, v *embedded.Verifier, text string) int {
	t.Helper()
	doc, err := door.Numbered(vc.ParseConfig{MaxBytes: 64 << 20}, v.Symbols()).Parse([]byte(text))
	require.NoError(t, err)
	s := v.Open(doc, embedded.OpenOptions{Trace: true})
	defer s.Release()
	for _, value := range door.Proofs(doc) {
		p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
		if p == nil {
			require.NotEmpty(t, problems)
			continue
		}
		_, err := s.Verify(context.Background(), p, keyOf(t, p))
		require.Error(t, err)
	}
	return s.Work()
}

// Memory and work that a hostile document can cause are linear in its size: so many
// bytes at once and for each of its bytes, for everything that was ever allocated.
func TestHostileDocumentsAreLinear(t *testing.T) {
	const (
		bytesAtOnce, bytesPerByte = 32 << 20, 40
		unitsAtOnce               = 1<<16 + 1<<15 // what is over is one form of one document
	)
	if testkit.Race {
		t.Skip("skipped: under the race detector pools give nothing back")
	}
	for _, lenient := range []bool{false, true} {
		v := embedded.NewVerifier(embedded.Config{Lenient: lenient})
		for name, make := range hostile(t) {
			costOf(t, v, make(1000)) // contexts of old are compiled once
			for _, n := range []int{20_000, 500_000} {
				c := costOf(t, v, make(n))
				t.Logf("%-35s lenient %-5v %8d bytes: %9d allocated (%.0f a byte), %8d units (%.2f a byte)", name, lenient, c.size, c.bytes, float64(c.bytes)/float64(c.size), c.units, float64(c.units)/float64(c.size))
				require.LessOrEqual(t, c.bytes, bytesAtOnce+bytesPerByte*c.size, "%s, %d bytes", name, c.size)
				require.LessOrEqual(t, c.units, unitsAtOnce+2*c.size, "%s, %d bytes", name, c.size)
			}
		}
	}
}

// Whatever was signed rightly verifies with just the units that it takes, and with
// one less it does not.
func TestOneUnitLessIsNeverVerified(t *testing.T) {
	documents := map[string][]byte{}
	for _, f := range peerFixtures(t) {
		if f.Proof == "" {
			text, err := os.ReadFile(filepath.Join("testdata/peers", f.File))
			require.NoError(t, err)
			documents[f.File] = text
		}
	}
	for _, suite := range []string{dataintegrity.EddsaRdfc2022, dataintegrity.EddsaJcs2022} {
		all := chainOf(t, suite, 4)
		documents["chain "+suite] = inSet(all[0], all[1:]...)
	}
	require.Greater(t, len(documents), 50)
	for name, text := range documents {
		doc, err := vc.Parse(text)
		require.NoError(t, err)
		check := func(units int) (int, error) {
			s := embedded.NewVerifier(embedded.Config{MaxUnits: units}).Open(doc, embedded.OpenOptions{})
			for _, value := range door.Proofs(doc) {
				p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
				require.Empty(t, problems)
				if _, err := s.Verify(context.Background(), p, keyOf(t, p)); err != nil {
					return s.Work(), err
				}
			}
			return s.Work(), nil
		}
		units, err := check(0)
		require.NoError(t, err, name)
		again, err := check(units)
		require.NoError(t, err, name)
		require.Equal(t, units, again, "the units do not depend on what was compiled before")
		for _, less := range []int{1, units / 2, units - 1} {
			_, err = check(less)
			require.ErrorIs(t, err, &vc.Problem{Code: proof.CodeWorkExhausted}, "%s: %d of %d units", name, less, units)
		}
	}
}

// At each limit on its own: what is within it verifies, and one beyond never does.
func TestOneBeyondIsNeverVerified(t *testing.T) {
	s := school.Ed(t, 0)
	const old = `,"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`
	signed := func(contexts, nodes int) []byte {
		text := strings.Replace(string(testkit.BadgeOf(s.ID)), `context-3.0.3.json"`, `context-3.0.3.json"`+strings.Repeat(old, contexts-2), 1)
		text = strings.Replace(text, `"validFrom"`, `"evidence":[`+strings.TrimSuffix(strings.Repeat(`{"type":["Evidence"]},`, nodes), ",")+`],"validFrom"`, 1)
		out, err := s.Sign([]byte(text), nil)
		if err != nil {
			body := strings.TrimSuffix(strings.TrimSpace(text), "}")
			return []byte(body + `,"proof":{"type":"DataIntegrityProof","cryptosuite":"eddsa-rdfc-2022","created":"2025-01-01T00:00:00Z","verificationMethod":"` + s.VerificationMethod + `","proofPurpose":"assertionMethod","proofValue":"z2"}}`)
		}
		return out
	}
	// A badge with n evidences without names and the criteria has n+1 blank nodes and
	// 13 statements besides two for each evidence, and its proof one and five.
	for name, c := range map[string]struct {
		config         embedded.Config
		within, beyond []byte
		code           vc.Code
	}{
		"contexts": {within: signed(16, 1), beyond: signed(17, 1), code: "context-too-many"},
		"nodes":    {config: embedded.Config{MaxNodes: 11}, within: signed(2, 10), beyond: signed(2, 11), code: "rdf-too-many-nodes"},
	} {
		t.Run(name, func(t *testing.T) {
			require.NoError(t, proofsOf(t, embedded.NewVerifier(c.config), c.within))
			doc, err := vc.Parse(c.beyond)
			require.NoError(t, err)
			value := door.Proofs(doc)[0]
			p, problems := embedded.Read(value, embedded.ReadOptions{At: testkit.Now})
			if p == nil { // not signed, since the signer has the same limit
				require.Equal(t, proof.CodeProofValue, problems[0].Code)
				_, err = s.Sign(doc.Bytes(), nil)
			} else {
				_, err = embedded.NewVerifier(c.config).Open(doc, embedded.OpenOptions{}).Verify(context.Background(), p, keyOf(t, p))
			}
			require.ErrorIs(t, err, &vc.Problem{Code: c.code})
		})
	}
}

// The forms of a document are made once: fifteen more proofs cost their own options
// and signatures, and a context that is listed again costs nothing.
func TestFormsAreShared(t *testing.T) {
	v := embedded.NewVerifier(embedded.Config{})
	all := hostile(t)
	document := all["sixteen bad proofs"](100_000)
	at := strings.Index(document, `"proof":[`)
	first := document[at+len(`"proof":[`):]
	first = first[:strings.Index(first, "},{")+1]
	one := costOf(t, v, document[:at]+`"proof":[`+first+`]}`)
	sixteen := costOf(t, v, document)
	require.Greater(t, one.units, 10_000)
	require.Less(t, sixteen.units, one.units*3/2)

	thrice := costOf(t, v, strings.Replace(document, `context-3.0.3.json"`, `context-3.0.3.json"`+strings.Repeat(`,"https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"`, 14), 1))
	require.InDelta(t, sixteen.units, thrice.units, 100)
}
